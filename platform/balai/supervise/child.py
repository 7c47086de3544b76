"""One running program: its process, its lines, and when to start it again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from balai.supervise.program import Program

LEASH = str(Path(__file__).with_name("leash.py"))
STEADY = 3.0
LONGEST_PAUSE = 10.0
LONGEST_LINE = 64 * 1024


class Child:
    """A program with its present process, if it has one.

    Attributes:
        due: when to start it (monotonic seconds), None while it runs.
        failures: how often in a row it ended within :data:`STEADY` seconds of its start.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.due: float | None = 0.0
        self.failures = 0
        self.last_words: list[str] = []
        self._since = 0.0
        self._rest = b""

    @property
    def running(self) -> bool:
        """Whether its process has not ended yet."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process: own session, on the leash, output to us."""
        inherited = {**os.environ, **self.program.environment}
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-E", LEASH, str(os.getpid()), *self.program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=inherited,
            pass_fds=self.program.handles,
            start_new_session=True,
        )
        if self.process.stdout:
            os.set_blocking(self.process.stdout.fileno(), False)
        self.due = None
        self._since = time.monotonic()

    def read(self) -> list[str]:
        """Return the lines that have come since the last call."""
        if self.process is None or self.process.stdout is None:
            return []
        with contextlib.suppress(BlockingIOError):
            while block := os.read(self.process.stdout.fileno(), 65536):
                self._rest += block
        *lines, self._rest = self._rest.split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            lines, self._rest = [*lines, self._rest], b""
        said = [line.decode(errors="replace").rstrip() for line in lines if line.strip()]
        self.last_words = [*self.last_words, *said][-8:]
        return said

    def bury(self) -> float:
        """Clear up after the process has ended; decide when to start it again.

        What it left behind in its session (a pool's processes) is killed: a new process begins
        with nobody else at its work.

        Returns:
            The pause before the next start, in seconds: none after a steady run, else longer
            with every failure.
        """
        if self.process is None:
            return 0.0
        self.signal(signal.SIGKILL, everyone=True)
        if self.process.stdout:
            self.process.stdout.close()
        self.process.wait()
        steady = time.monotonic() - self._since >= STEADY
        self.failures = 0 if steady else self.failures + 1
        pause = 0.0 if steady else min(0.25 * 2 ** (self.failures - 1), LONGEST_PAUSE)
        self.process = None
        self.due = time.monotonic() + pause
        return pause

    def signal(self, number: signal.Signals, *, everyone: bool = False) -> None:
        """Send a signal to the process, or to everyone in its session."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if everyone:
                os.killpg(self.process.pid, number)
            elif self.running:
                os.kill(self.process.pid, number)
