"""Whom the servers run as: us, or an unprivileged account when we are root."""

import os
import pwd
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balai.embedded.errors import EmbeddedError

DEFAULT_ACCOUNT = "nobody"


@dataclass(frozen=True)
class Account:
    """A user of this machine. ``switch`` says that we must become it first (we are root)."""

    uid: int
    gid: int
    switch: bool

    @property
    def options(self) -> dict[str, Any]:
        """Arguments of subprocess that make a child run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}

    @property
    def environment(self) -> dict[str, str]:
        """All that a server gets to see of our environment: nothing secret, nothing local."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

    def can_enter(self, folder: Path) -> bool:
        """Tell whether the account can reach ``folder``, asking the operating system itself."""
        return self._succeeds(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)])

    def can_run(self, program: Path) -> bool:
        """Tell whether the account can execute ``program --version``."""
        return self._succeeds([str(program), "--version"])

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def folder(self, path: Path) -> Path:
        """Make a folder that only the account may enter."""
        if not path.exists():
            path.mkdir(mode=0o700, parents=True)
            self.own(path)
        return path

    def _succeeds(self, command: list[str]) -> bool:
        try:
            done = subprocess.run(
                command,
                cwd="/",
                env=self.environment,
                capture_output=True,
                check=False,
                **self.options,
            )
        except OSError:
            return False
        return done.returncode == 0


def choose(data: Path | None = None) -> Account:
    """Return whom the servers run as.

    Root never runs them: PostgreSQL refuses to, and rightly. Data that already belongs to
    somebody goes on belonging to them; new data of root's goes to ``nobody``.

    Args:
        data: the folder of an existing cluster, if there is one.

    Raises:
        EmbeddedError: when the data belongs to somebody else.
    """
    owner = data.stat().st_uid if data is not None and data.exists() else None
    me = os.geteuid()
    if me != 0:
        if owner not in {None, me}:
            raise EmbeddedError(
                f"The data in {data} belongs to {_name(owner)}, and you are {_name(me)}.",
                f"Run this as {_name(owner)} or root, or choose another folder with BALAI_STATE.",
            )
        return Account(me, os.getegid(), switch=False)
    if owner:
        return Account(owner, pwd.getpwuid(owner).pw_gid if _known(owner) else owner, switch=True)
    return _unprivileged()


def _unprivileged() -> Account:
    try:
        entry = pwd.getpwnam(DEFAULT_ACCOUNT)
    except KeyError as error:
        raise EmbeddedError(
            f"PostgreSQL does not run as root, and this machine has no account {DEFAULT_ACCOUNT}.",
            "Run this as a normal user, or set DATABASE_URL to a PostgreSQL of your own.",
        ) from error
    account = Account(entry.pw_uid, entry.pw_gid, switch=True)
    if sys.platform.startswith("linux") and not account.can_enter(Path("/")):
        raise EmbeddedError(
            f"This container does not let root become {DEFAULT_ACCOUNT}.",
            "Run it as a normal user, or set DATABASE_URL to a PostgreSQL of your own.",
        )
    return account


def _known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _name(uid: int | None) -> str:
    if uid is None:
        return "nobody in particular"
    return pwd.getpwuid(uid).pw_name if _known(uid) else f"user {uid}"
