"""The state folder: ports, passwords, logs, locks and where the data lies."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from balai.embedded.account import Account
from balai.embedded.errors import EmbeddedError
from balai.embedded.locks import FileLock

SYSTEM_HOMES = Path("/var/lib/balai")


def default_path() -> Path:
    """Return the state folder that BALAI_STATE names, ``.balai`` here when it is unset."""
    return Path(os.environ.get("BALAI_STATE") or ".balai").resolve()


class State:
    """One installation's folder. Two installations never share one.

    Layout: ``state.json`` (ports and the place of the data), ``secrets/`` (0600 each),
    ``logs/``, ``*.lock``, and ``data/`` unless the data had to lie elsewhere (:meth:`home`).
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or default_path()).resolve()
        self.starting = FileLock(self.path / "starting.lock")

    def prepare(self) -> None:
        """Make the folder and its subfolders.

        Raises:
            EmbeddedError: when we may not write there.
        """
        try:
            if not self.path.exists():
                self.path.mkdir(parents=True)
                # 0711 as root: the servers' own account passes through, and reads nothing.
                self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
            for name in ("secrets", "logs"):
                (self.path / name).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise EmbeddedError(
                f"The state folder {self.path} cannot be made: {error.strerror}.",
                "Make it writable for you, or choose another folder with BALAI_STATE.",
            ) from error
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise EmbeddedError(
                f"The state folder {self.path} is not yours to write to.",
                "Run this as its owner, or choose another folder with BALAI_STATE.",
            )

    def log(self, name: str) -> Path:
        """Return the path of a log file."""
        return self.path / "logs" / f"{name}.log"

    def recall(self) -> dict[str, Any]:
        """Return what was remembered; empty before the first start, and for strangers."""
        try:
            kept: dict[str, Any] = json.loads(
                (self.path / "state.json").read_text(encoding="utf-8")
            )
        except (FileNotFoundError, PermissionError):
            return {}
        return kept

    def remember(self, **facts: Any) -> None:
        """Add to what is remembered; readers see the old facts or the new ones, never half."""
        draft = self.path / "state.json.new"
        draft.write_text(json.dumps(self.recall() | facts, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.path / "state.json")

    def password(self, name: str) -> str:
        """Return the password called ``name``, made at the first call with mode 0600."""
        path = self.path / "secrets" / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(value := secrets.token_urlsafe(24))
        return value

    def data(self, name: str) -> Path | None:
        """Return where a server's data lies, or None before it was ever placed."""
        home = self.recall().get("home")
        return self.path / home / name if home else None

    def home(self, account: Account) -> Path:
        """Return the folder that holds the servers' data, placing it at the first call.

        It is ``data/`` here, unless the servers' account cannot reach that (root working below
        /root, 0700): then ``/var/lib/balai/<id>``, which is not cleaned like a temporary folder.
        The place is remembered, so the data is found again by every later run.

        Raises:
            EmbeddedError: when remembered data has vanished, or no reachable place exists.
        """
        kept: str | None = self.recall().get("home")
        if kept:
            home = self.path / kept
            if not home.is_dir():
                raise EmbeddedError(
                    f"The data of {self.path} should be in {home}, but that folder is gone.",
                    f"Bring it back, or begin anew by removing {self.path}.",
                )
            return home
        home = self._place(account)
        self.remember(home=str(home.relative_to(self.path) if self.path in home.parents else home))
        return home

    def _place(self, account: Account) -> Path:
        if account.can_enter(self.path):
            home = self.path / "data"
            home.mkdir(exist_ok=True)
            home.chmod(0o711 if account.switch else 0o700)
            return home
        home = SYSTEM_HOMES / secrets.token_hex(8)
        try:
            for folder in (SYSTEM_HOMES, home):
                folder.mkdir(parents=True, exist_ok=True)
                folder.chmod(0o711)
        except OSError as error:
            raise EmbeddedError(
                f"Only root may enter the folders above {self.path}, and {home} cannot be made.",
                "Set BALAI_STATE to a folder that every user may enter, such as /srv/balai.",
            ) from error
        (home / "belongs-to").write_text(f"{self.path}\n", encoding="utf-8")
        return home
