"""The centre's figures of now, for walls: no person, no address, nothing of a sealed incident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q

from balai import context
from balai.memo import memo
from modules.emergency.models import Incident, Shift, Unit
from modules.emergency.selectors import board, periods, response, volume
from modules.emergency.selectors.board import Row
from modules.emergency.states import OPEN, State, UnitState

DAYS: Final = 30
P90_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Calls:
    """Today's calls."""

    real: int
    noise: int


@dataclass(frozen=True, slots=True)
class Open:
    """Open incidents, and how many of them nobody was sent to."""

    total: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Units:
    """Units with a crew that are free, and all in use."""

    free: int
    total: int


def calls(now: datetime) -> Calls:
    """Return today's calls by the region's own clock (1 query)."""
    today = now.astimezone(context.current_region().zone).date()
    found = volume.volume(periods.around(periods.DAY, today))
    return Calls(found.real, found.noise)


def open_now() -> Open:
    """Return the open incidents that are not sealed (1 query)."""
    found = Incident.objects.order_by().filter(state__in=OPEN, sealed=False)
    counts = found.aggregate(total=Count("pk"), waiting=Count("pk", Q(state=State.QUEUED)))
    return Open(counts["total"], counts["waiting"])


def units() -> Units:
    """Return how many units could go now (1 query)."""
    manned = Exists(Shift.objects.filter(unit=OuterRef("pk"), ended_at=None))
    free = Q(state=UnitState.AVAILABLE) & Q(manned)
    found = Unit.objects.order_by().filter(active=True)
    counts = found.aggregate(total=Count("pk"), free=Count("pk", free))
    return Units(counts["free"], counts["total"])


def on_scene(now: datetime) -> response.Spread:
    """Return median and p90 until somebody was there, of 30 days; a minute old at most."""
    today = now.astimezone(context.current_region().zone).date()
    period = periods.Period(periods.CHOSEN, today - timedelta(days=DAYS - 1), today)
    return memo(
        f"emergency:on_scene:{today}",
        P90_SECONDS,
        lambda: response.response(period).overall.on_scene,
    )


def rows(now: datetime) -> Sequence[Row]:
    """Return the open incidents that are not sealed, the most pressing first (4 queries)."""
    return board.ordered(Incident.objects.filter(state__in=OPEN, sealed=False), now)


def place(row: Row) -> str:
    """Return where it is for a wall: kelurahan and kecamatan, nothing nearer."""
    return area_of(row.incident)


def area_of(incident: Incident) -> str:
    """Return an incident's kelurahan and kecamatan in words."""
    area = incident.area
    if area is None:
        return ""
    return f"{area.name}, {area.parent.name}" if area.parent else area.name
