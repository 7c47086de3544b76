"""Locks between processes that the kernel drops by itself when their holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A lock on a file; a killed holder leaves nothing behind to clean up."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def acquire(self, *, shared: bool = False, wait: float = 0.0) -> bool:
        """Take the lock, exclusively or together with others.

        Args:
            shared: whether others may hold it as well.
            wait: how many seconds to try.

        Returns:
            False when somebody else still holds it after ``wait`` seconds.
        """
        if self._handle is None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(self._handle, mode | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.02)

    def release(self) -> None:
        """Give the lock back; without one this does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def write(self, note: str) -> None:
        """Leave a note in the file that whoever finds it locked can read."""
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, note.encode(), 0)

    def read(self) -> str:
        """Return the holder's note."""
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""

    @contextmanager
    def held(self, wait: float) -> Iterator[bool]:
        """Hold the lock for a block; yields False when it could not be taken."""
        taken = self.acquire(wait=wait)
        try:
            yield taken
        finally:
            self.release()
