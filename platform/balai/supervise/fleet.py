"""The programs that make up Balai on one machine."""

import os
import socket
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from balai.supervise.program import Program

PARTS = ("web", "worker", "beat", "relay")
# Workers need not know of each other; asking around costs a second at each start.
ALONE = ("--without-mingle", "--without-gossip")


def programs(
    parts: Sequence[str],
    *,
    server: socket.socket | None,
    environment: Mapping[str, str],
    web: int = 2,
    jobs: int = 2,
) -> list[Program]:
    """Return the programs for the named parts.

    Args:
        parts: any of :data:`PARTS`.
        server: the listening socket of the web processes.
        environment: variables for all of them.
        web: how many web processes.
        jobs: how many jobs the worker runs at once.
    """
    shared = {"PYTHONUNBUFFERED": "1", "PYTHONPATH": source_path(), **environment}
    makers: dict[str, Callable[[], list[Program]]] = {
        "web": lambda: _web(server, web, shared),
        "worker": lambda: [_celery("worker", shared, *ALONE, f"--concurrency={jobs}")],
        "beat": lambda: [_celery("beat", shared)],
        "relay": lambda: [Program("relay", (*_python("django"), "relay"), shared)],
    }
    return [program for part in parts for program in makers[part]()]


def source_path() -> str:
    """Return PYTHONPATH for children: our own sources, where they are not installed."""
    installed = tuple({sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")})
    ours = [
        str(Path(path).resolve())
        for path in sys.path
        if not path.startswith(installed) and not path.endswith(".zip")
    ]
    return os.pathsep.join(dict.fromkeys(ours))


def _web(server: socket.socket | None, count: int, shared: Mapping[str, str]) -> list[Program]:
    if server is None:
        return []
    handle = server.fileno()
    command = (*_python("balai.supervise.web"), "--fd", str(handle))
    return [
        Program(f"web-{number}", command, shared, handles=(handle,))
        for number in range(1, count + 1)
    ]


def _celery(part: str, shared: Mapping[str, str], *options: str) -> Program:
    command = (*_python("celery"), "--quiet", "-A", "balai", part, "-l", "info", *options)
    return Program(part, command, shared)


def _python(module: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module)
