"""Processes that outlive us: starting them, recognising them again, ending them."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from balai.embedded.account import Account

LOG_LIMIT = 10 * 1024 * 1024
_children: dict[int, subprocess.Popen[bytes]] = {}


def launch(
    command: Sequence[str], *, account: Account, folder: Path, log: Path, stdin: bytes = b""
) -> int:
    """Start a server in its own session, with a clean environment and its output in ``log``.

    Args:
        command: program and arguments; no secrets, every user can read them.
        account: whom the server runs as.
        folder: its working folder.
        log: file its output is added to.
        stdin: what it reads on standard input.

    Returns:
        Its process id.
    """
    with _opened(log) as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=account.environment,
            start_new_session=True,
            umask=0o077,
            **account.options,
        )
    if process.stdin:
        with process.stdin as pipe:
            pipe.write(stdin)
    _children[process.pid] = process
    return process.pid


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended but was not yet collected does not."""
    if pid in _children:
        return _children[pid].poll() is None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _state(pid).startswith("Z")


def command_of(pid: int) -> str:
    """Return a process's command line, "" when there is none: a pid alone may be reused."""
    path = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return _ps(pid, "command=")


def end(pid: int, steps: Sequence[tuple[signal.Signals, float]]) -> bool:
    """Send signals of growing firmness until the process is gone.

    Args:
        steps: each signal with the seconds to wait after it.

    Returns:
        Whether it is gone.
    """
    for number, patience in steps:
        if not alive(pid):
            return True
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + patience
        while alive(pid) and time.monotonic() < deadline:
            time.sleep(0.01)
    return not alive(pid)


def tail(log: Path, lines: int = 6) -> str:
    """Return the last lines of a log, for an error message."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _opened(log: Path) -> IO[bytes]:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".old.log"))
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return os.fdopen(handle, "ab")


def _state(pid: int) -> str:
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self").exists():
        try:
            return stat.read_text().rpartition(")")[2].strip()
        except OSError:
            return ""
    return _ps(pid, "stat=")


def _ps(pid: int, column: str) -> str:
    found = subprocess.run(
        ["/bin/ps", "-o", column, "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()
