"""The machine: Python, programs, the state folder, the disk, the port."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from balai.doctor.finding import Finding, bad, note, ok
from balai.embedded import programs
from balai.embedded.errors import EmbeddedError
from balai.embedded.locks import FileLock
from balai.embedded.ports import is_free
from balai.embedded.state import SYSTEM_HOMES, State

PYTHONS: Final = ((3, 11), (3, 13))
OLDEST_GLIBC: Final = (2, 28)
LITTLE_DISK: Final = 2 * 1024**3
NO_DISK: Final = 300 * 1024**2
WEB_PORT: Final = 8000


def look(state: State) -> Iterator[Finding]:
    """Look at the machine; nothing is started, nothing is written."""
    yield python()
    yield from libc()
    yield program("PostgreSQL", programs.postgres, "DATABASE_URL")
    yield program("Valkey", programs.valkey, "REDIS_URL")
    yield folder(state)
    yield from forgotten(state)
    yield disk(state)
    yield port(state)


def python() -> Finding:
    """Is this a Python that Balai is tested with?"""
    said = platform.python_version()
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return ok("Python", said)
    remedy = "Use Python 3.11, 3.12 or 3.13: make demo PYTHON=python3.12"
    return bad("Python", f"{said} is not supported", remedy)


def libc() -> Iterator[Finding]:
    """Is the C library new enough for the wheels' servers?"""
    name, version = platform.libc_ver()
    if name != "glibc":
        return
    numbers = tuple(int(part) for part in version.split(".")[:2])
    if numbers >= OLDEST_GLIBC:
        yield ok("glibc", version)
    else:
        remedy = "Install PostgreSQL 15 and Valkey yourself, or use a newer distribution."
        yield note("glibc", f"{version}: the wheels' servers need 2.28", remedy)


def program(name: str, find: Callable[[], programs.Programs], variable: str) -> Finding:
    """Is the server's program here, or not needed?"""
    if os.environ.get(variable):
        return ok(f"{name} program", f"not needed, {variable} is set")
    try:
        return ok(f"{name} program", find().source)
    except EmbeddedError as error:
        return bad(f"{name} program", error.problem, error.remedy)


def folder(state: State) -> Finding:
    """May we keep data here?"""
    place = state.path
    while not place.exists():
        place = place.parent
    if os.access(place, os.W_OK | os.X_OK):
        return ok("State folder", str(state.path))
    remedy = "Make it writable for you, or choose another folder with BALAI_STATE."
    return bad("State folder", f"{place} is not yours to write to", remedy)


def forgotten(state: State) -> Iterator[Finding]:
    """Is there data of state folders that somebody has removed?"""
    homes = SYSTEM_HOMES.glob("*/belongs-to") if os.access(SYSTEM_HOMES, os.R_OK) else ()
    for mark in homes:
        owner = Path(mark.read_text(encoding="utf-8").strip())
        if not (owner / "state.json").exists():
            said = f"{mark.parent} belonged to {owner}, which is gone"
            yield note("Forgotten data", said, f"If you do not miss it: rm -r {mark.parent}")


def disk(state: State) -> Finding:
    """Is there room? PostgreSQL stops when the disk is full."""
    place = state.path
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    said = f"{free / 1024**3:.1f} GB free"
    if free < NO_DISK:
        return bad("Disk", said, "Make room: PostgreSQL stops when the disk is full.")
    if free < LITTLE_DISK:
        return note("Disk", said, "Make room soon.")
    return ok("Disk", said)


def port(state: State) -> Finding:
    """Can the web listen?"""
    running = FileLock(state.path / "supervisor.lock")
    if state.path.exists() and not _free(running):
        return ok("Web port", f"Balai runs: {running.read()}")
    if is_free(WEB_PORT):
        return ok("Web port", f"{WEB_PORT} is free")
    said = f"{WEB_PORT} is taken by another program"
    return note("Web port", said, f"Use another: balai demo --port {WEB_PORT + 1}")


def _free(lock: FileLock) -> bool:
    try:
        return lock.acquire()
    finally:
        lock.release()
