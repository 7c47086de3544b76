"""What a visitor may ask public pages for: read from an address, written back into one."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from modules.complaints.states import DONE, HANDLED, OPEN, WAITING, State

STATUS_FILTERS: dict[str, tuple[State, ...]] = {
    "waiting": WAITING,
    "handled": HANDLED,
    "done": DONE,
}
SORTS = ("newest", "followed", "waiting")
PERIODS = (7, 30, 90, 365)
LONGEST_QUERY = 100
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (the order of RFC 7946, section 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a visitor asked for; ids, "" and None mean "all".

    ``period`` is a number of days back from the end of today, one of :data:`PERIODS`.
    """

    status: str = ""
    category: int | None = None
    district: int | None = None
    agency: int | None = None
    period: int | None = None
    box: Box | None = None
    query: str = ""
    sort: str = SORTS[0]

    @property
    def states(self) -> tuple[str, ...] | None:
        """The states to list, None for all: whoever sorts by waiting asks for open reports."""
        chosen = STATUS_FILTERS.get(self.status)
        if self.sort == "waiting":
            return tuple(state for state in chosen or OPEN if state in OPEN)
        return chosen

    @property
    def since(self) -> datetime | None:
        """The first moment of the period: midnight by the region's clock."""
        if not self.period:
            return None
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=self.period - 1)

    @property
    def narrowed(self) -> int:
        """How many of the less used filters are set."""
        return sum(bool(value) for value in (self.agency, self.period, self.box))

    def without(self, *names: str) -> "Filters":
        """Return the same with some filters taken away."""
        plain = Filters()
        return replace(self, **{name: getattr(plain, name) for name in names})


def parse(given: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense there counts as not asked for."""
    status = given.get("status", "")
    status = status if status in STATUS_FILTERS else ""
    sort = given.get("sort", "")
    period = number(given.get("period", ""))
    return Filters(
        status=status,
        category=number(given.get("category", "")),
        district=number(given.get("district", "")),
        agency=number(given.get("agency", "")),
        period=period if period in PERIODS else None,
        box=box(given.get("box", "")),
        query=given.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY],
        sort=sort if sort in SORTS and not (sort == "waiting" and status == "done") else SORTS[0],
    )


def to_query(filters: Filters, **more: Any) -> str:
    """Return the query string that :func:`parse` reads as ``filters``, with ``more`` beside it."""
    values: dict[str, Any] = {
        "status": filters.status,
        "category": filters.category,
        "district": filters.district,
        "agency": filters.agency,
        "period": filters.period,
        "box": ",".join(_degrees(edge) for edge in filters.box) if filters.box else "",
        "q": filters.query,
        "sort": filters.sort if filters.sort != SORTS[0] else "",
        **more,
    }
    return urlencode({name: value for name, value in values.items() if value})


def box(text: str) -> Box | None:
    """Return "west,south,east,north" as numbers, or None for what is no box on the earth."""
    try:
        west, south, east, north = (float(edge) for edge in text.split(","))
    except ValueError:
        return None
    if not all(map(math.isfinite, (west, south, east, north))):
        return None
    if -180 <= west < east <= 180 and -90 <= south < north <= 90:
        return west, south, east, north
    return None


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def number(text: str) -> int | None:
    """Return a positive number of at most nine digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
