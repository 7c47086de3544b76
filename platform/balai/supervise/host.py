"""What a supervisor needs of its machine: to be the only one, a port, a folder for numbers."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balai.embedded.errors import EmbeddedError
from balai.embedded.locks import FileLock
from balai.embedded.state import State


@contextmanager
def only_one(state: State, address: str, name: str = "supervisor") -> Iterator[None]:
    """Hold the state folder for one supervisor of that name.

    Args:
        state: the state folder.
        name: what it runs; a supervisor of the web and one of the worker may share a folder.
        address: where this one can be visited, for the message that the next one gets.

    Raises:
        EmbeddedError: when another one runs, with its address.
    """
    lock = FileLock(state.path / f"{name}.lock")
    if not lock.acquire():
        raise EmbeddedError(
            f"Balai already runs on {state.path}: {lock.read()}.",
            "End that one first (Ctrl-C there, or kill its process), or run a second installation: "
            "BALAI_STATE=.balai2 balai demo --port 8001",
        )
    lock.write(f"process {os.getpid()}, {address}")
    try:
        yield
    finally:
        lock.release()


def port_taken(port: int, error: OSError, command: str) -> EmbeddedError:
    """Return what to say when the web's port cannot be had."""
    if error.errno == errno.EACCES:
        return EmbeddedError(
            f"Port {port} is only for root.", f"Choose one above 1023: {command} --port 8000"
        )
    return EmbeddedError(
        f"Port {port} is taken by another program.",
        f"Stop that program, or choose another port: {command} --port {port + 1}",
    )


def metrics_folder(state: State, name: str = "supervisor") -> Path:
    """Return an empty folder in which the processes of one supervisor count together."""
    folder = state.path / "metrics" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def forget_metrics(folder: Path, pid: int) -> None:
    """Remove what a process counted that holds only while it lives (open streams)."""
    for path in folder.glob(f"gauge_live*_{pid}.db"):
        path.unlink(missing_ok=True)
