"""What a move works with: its lock, and connections straight to both databases."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from balai import listen
from balai.context import MAIN_CELL
from provisioning.models import RegionMove, Release

LOCK: Final = 0x4D4F5645
Tell = Callable[[str], None]


class MoveError(Exception):
    """Raised when a move cannot begin, or was taken back; the text is for a person."""


class BusyError(MoveError):
    """Raised when another process is at work on this region's move."""


@dataclass(slots=True)
class Desk:
    """What a step works with: connections of the login role, straight to both databases."""

    source: Any
    target: Any
    tell: Tell
    made_of: Release | None = None


@contextmanager
def alone(region_id: int) -> Iterator[None]:
    """Hold the move's lock, which the server lets go when this process ends in any way."""
    with connection(MAIN_CELL) as raw, raw.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, region_id % 2**31])
        if cursor.fetchone() != (True,):
            raise BusyError("Another process moves, exports, restores or backs up this region.")
        yield


@contextmanager
def sharing(region_id: int) -> Iterator[bool]:
    """Share the move's lock while the block runs; yield False when a move has it."""
    with connection(MAIN_CELL) as raw, raw.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s, %s)", [LOCK, region_id % 2**31])
        [free] = cursor.fetchone()
        yield free


@contextmanager
def desk_for(row: RegionMove, tell: Tell) -> Iterator[Desk]:
    """Yield the connections to both cells of a move."""
    with connection(row.source) as source, connection(row.target) as target:
        yield Desk(source, target, tell)


@contextmanager
def connection(cell: str) -> Iterator[Any]:
    """Yield a connection past any pooler: locks and snapshots belong to a session."""
    raw = listen.connect([], name="balai move", cell=cell)
    try:
        yield raw
    finally:
        raw.close()
