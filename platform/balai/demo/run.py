"""``balai demo``: services, preparation, programs, and where to go."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from balai import embedded
from balai.demo import waiting
from balai.demo.places import load, panel
from balai.embedded.state import State
from balai.supervise import fleet
from balai.supervise.child import LEASH
from balai.supervise.host import forget_metrics, metrics_folder, only_one, port_taken
from balai.supervise.journal import Journal
from balai.supervise.supervisor import Supervisor
from balai.supervise.web import listen

HOST: Final = "127.0.0.1"
READY_SECONDS: Final = 120.0
WORKER_SECONDS: Final = 30.0


@dataclass(frozen=True)
class Demo:
    """One run of the demo.

    Attributes:
        port: where the web listens on loopback.
        check: only see whether everything comes up, then end.
        web: how many web processes.
        jobs: how many jobs the worker runs at once.
    """

    port: int
    check: bool = False
    web: int = 2
    jobs: int = 2

    def run(self) -> int:
        """Run until stopped. Returns the exit code.

        Raises:
            EmbeddedError: when something that is needed is missing, taken or broken.
        """
        state = State()
        state.prepare()
        with (
            only_one(state, f"http://localhost:{self.port}"),
            self._listening() as server,
            _orderly_end(),
            embedded.session(state.path),
        ):
            environment = self._environment(state)
            _prepare(state, environment)
            return self._supervise(state, server, environment)

    def _environment(self, state: State) -> dict[str, str]:
        settings = os.environ.get("DJANGO_SETTINGS_MODULE", "balai.settings.development")
        return {
            "DJANGO_SETTINGS_MODULE": settings,
            "BALAI_DEMO": "1",
            "BALAI_STATE": str(state.path),
            "BALAI_APEX_HOST": f"localhost:{self.port}",
            "PROMETHEUS_MULTIPROC_DIR": str(metrics_folder(state)),
        }

    @contextmanager
    def _listening(self) -> Iterator[socket.socket]:
        try:
            server = listen(HOST, self.port)
        except OSError as error:
            raise port_taken(self.port, error, "balai demo") from error
        with server:
            yield server

    def _supervise(
        self, state: State, server: socket.socket, environment: Mapping[str, str]
    ) -> int:
        programs = fleet.programs(
            fleet.PARTS, server=server, environment=environment, web=self.web, jobs=self.jobs
        )
        journal = Journal(path=state.log("balai"))
        counted = Path(environment["PROMETHEUS_MULTIPROC_DIR"])
        supervisor = Supervisor(programs, journal, lambda pid: forget_metrics(counted, pid))
        # A daemon: when the programs do not come up, the supervisor does not wait for it.
        watch = threading.Thread(
            target=self._announce, args=(supervisor, journal, state), daemon=True
        )
        watch.start()
        return supervisor.run()

    def _announce(self, supervisor: Supervisor, journal: Journal, state: State) -> None:
        """Say where to go as soon as everything answers; with --check, see and end."""
        places = load(state.path / "places.json")
        if not waiting.until_ready(self.port, READY_SECONDS, lambda: supervisor.stopping):
            if not supervisor.stopping:
                journal.show(f"Not ready after {READY_SECONDS:.0f} s; the lines above say why.")
                supervisor.stop(1)
            return
        supervisor.settle()
        journal.show(panel(places))
        if self.check:
            failed = waiting.unreachable(self.port, [place.url for place in places])
            failed += [] if waiting.worker_answers(WORKER_SECONDS) else ["the worker"]
            for one in failed:
                journal.show(f"No answer: {one}")
            journal.show("Everything answers." if not failed else "The check failed.")
            supervisor.stop(1 if failed else 0)


def _prepare(state: State, environment: Mapping[str, str]) -> None:
    """Run the preparation as a process of its own and pass on what it says."""
    command = [sys.executable, "-m", "balai.demo.prepare", str(state.path / "places.json")]
    with subprocess.Popen(
        [sys.executable, "-S", "-E", LEASH, str(os.getpid()), *command],
        env={**os.environ, **environment, "PYTHONPATH": fleet.source_path()},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C reaches us alone; we end it
    ) as child:
        try:
            code = child.wait()
        except BaseException:
            child.terminate()
            raise
    if code:
        raise embedded.EmbeddedError(
            f"The preparation ended with code {code}; what it said stands above.",
            "`balai doctor` looks for the cause. Repeat `balai demo` when it is mended.",
        )


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that services are left in good order."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
