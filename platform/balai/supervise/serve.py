"""``balai serve``: the programs, with services that the environment names."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from balai.embedded.errors import EmbeddedError
from balai.embedded.state import State
from balai.supervise import fleet
from balai.supervise.host import forget_metrics, metrics_folder, only_one, port_taken
from balai.supervise.journal import Journal
from balai.supervise.supervisor import Supervisor
from balai.supervise.web import listen

SETTINGS = "balai.settings.production"


def serve(parts: Sequence[str], *, host: str, port: int, web: int, jobs: int) -> int:
    """Run the named parts until stopped and return the exit code.

    Args:
        parts: any of web, worker, beat, relay. Beat must run once in a whole installation.
        host: the address the web listens on.
        port: its port.
        web: how many web processes.
        jobs: how many jobs the worker runs at once.

    Raises:
        EmbeddedError: for an unknown part, a taken port or a second supervisor.
    """
    unknown = set(parts) - set(fleet.PARTS)
    if unknown:
        raise EmbeddedError(
            f"There is no part called {', '.join(sorted(unknown))}.",
            f"The parts are {', '.join(fleet.PARTS)}.",
        )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    state = State()
    state.prepare()
    name = "-".join(sorted(set(parts))) if set(parts) != set(fleet.PARTS) else "supervisor"
    with only_one(state, f"http://{host}:{port}", name):
        folder = metrics_folder(state, name)
        return _run(parts, host, port, web, jobs, folder)


def _run(parts: Sequence[str], host: str, port: int, web: int, jobs: int, counted: Path) -> int:
    try:
        server = listen(host, port) if "web" in parts else None
    except OSError as error:
        raise port_taken(port, error, "balai serve") from error
    with server or nullcontext():
        programs = fleet.programs(
            parts,
            server=server,
            environment={"PROMETHEUS_MULTIPROC_DIR": str(counted)},
            web=web,
            jobs=jobs,
        )
        supervisor = Supervisor(programs, Journal(), lambda pid: forget_metrics(counted, pid))
        return supervisor.run()
