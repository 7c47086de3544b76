"""Keeps programs running until it is told to stop, then ends them in good order."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from balai.supervise.child import Child
from balai.supervise.journal import Journal
from balai.supervise.program import Program

ME = "balai"
GIVE_UP_AFTER = 5


class Supervisor:
    """Runs programs. One thread; create and run it in the main one.

    SIGTERM and SIGINT end everything (a second one at once), SIGHUP restarts every program.

    Args:
        programs: what to keep running.
        journal: where their lines go.
        buried: called with the id of each process that has ended.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        journal: Journal,
        buried: Callable[[int], None] = lambda pid: None,
    ) -> None:
        self.children = [Child(program) for program in programs]
        self.journal = journal
        self.exit_code = 0
        self.settled = False
        self._buried = buried
        self._stopping = False
        self._hurry = False
        self._selector = selectors.DefaultSelector()
        self._wake_up, self._alarm = os.pipe()
        for end in (self._wake_up, self._alarm):
            os.set_blocking(end, False)

    @property
    def stopping(self) -> bool:
        """Whether it has been told to stop."""
        return self._stopping

    def run(self) -> int:
        """Run until told to stop. Returns the exit code."""
        with self._signals():
            while not self._stopping:
                self._start_due()
                self._wait(self._until_due())
                self._collect()
            self._end()
        self.journal.close()
        return self.exit_code

    def stop(self, code: int = 0) -> None:
        """Ask it to stop; safe from any thread and from signal handlers."""
        self._hurry = self._stopping
        self._stopping = True
        self.exit_code = self.exit_code or code
        os.write(self._alarm, b"\0")

    def settle(self) -> None:
        """Say that everything came up once: from now on nothing makes it give up."""
        self.settled = True

    def restart(self) -> None:
        """End every program; each is started again as soon as it has ended."""
        for child in self.children:
            child.signal(signal.SIGTERM)

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.due is not None and child.due <= now:
                child.start()
                if child.process and child.process.stdout:
                    self._selector.register(child.process.stdout, selectors.EVENT_READ, child)
                    self.journal.write(ME, f"started {child.program.name} ({child.process.pid})")

    def _until_due(self) -> float | None:
        due = [child.due for child in self.children if child.due is not None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _wait(self, seconds: float | None) -> None:
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                os.read(self._wake_up, 4096)
            else:
                self._listen(key.data)

    def _listen(self, child: Child) -> None:
        for line in child.read():
            self.journal.write(child.program.name, line)

    def _collect(self) -> None:
        """Bury the children that have ended and plan their next start."""
        for child in self.children:
            if child.process is None or child.running:
                continue
            process = child.process
            self._listen(child)
            if process.stdout:
                self._selector.unregister(process.stdout)
            pause = child.bury()
            self._buried(process.pid)
            if self._stopping:
                continue
            reason = _reason(process.returncode)
            later = f" in {pause:.1f} s" if pause else ""
            self.journal.write(ME, f"{child.program.name} {reason}; starting it again{later}")
            if child.failures >= GIVE_UP_AFTER and not self.settled:
                self.journal.write(ME, f"giving up: {child.program.name} does not stay up")
                self.stop(1)

    def _end(self) -> None:
        """Ask every child to end, wait its patience, then kill what is left."""
        self.journal.write(ME, "stopping")
        began = time.monotonic()
        for child in self.children:
            child.due = None
            child.signal(signal.SIGTERM)
        while any(child.process for child in self.children):
            for child in self.children:
                if self._hurry or time.monotonic() - began > child.program.patience:
                    child.signal(signal.SIGKILL, everyone=True)
            self._wait(0.1)
            self._collect()
        self.journal.write(ME, "stopped")

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Handle signals for the length of a block; SIGCHLD only wakes the loop."""
        actions: dict[signal.Signals, Callable[[int, FrameType | None], None]] = {
            signal.SIGTERM: lambda *_: self.stop(),
            signal.SIGINT: lambda *_: self.stop(),
            signal.SIGHUP: lambda *_: self.restart(),
            signal.SIGCHLD: lambda *_: None,
        }
        before = {number: signal.signal(number, action) for number, action in actions.items()}
        previous = signal.set_wakeup_fd(self._alarm, warn_on_full_buffer=False)
        self._selector.register(self._wake_up, selectors.EVENT_READ)
        try:
            yield
        finally:
            signal.set_wakeup_fd(previous)
            for number, action in before.items():
                signal.signal(number, action)
            self._selector.close()


def _reason(code: int) -> str:
    if code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended with code {code}"
