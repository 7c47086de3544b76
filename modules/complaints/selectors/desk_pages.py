"""The inbox in pages: its orders, and the place on a page as an address carries it.

A place is written as the values it stands for, not as a report: the officer who acts on the last
row of a page moves it elsewhere, and the next page must begin where it stood.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet

from balai.keyset import Part, Place, read
from modules.complaints.models import Complaint
from modules.complaints.selectors.desk_filters import Filters
from modules.complaints.states import OPEN, State

SIZE: Final = 25
YOUNGEST, ELDEST = ("-created_at", "-id"), ("created_at", "id")
_STILL, _DATED = Q(state__in=OPEN), Q(due_at__isnull=False)
_WAITS, _ANSWERED = Q(answered_at=None, state=State.RECEIVED), Q(answered_at__isnull=False)
ORDERS: Final[dict[str, tuple[Part, ...]]] = {
    "urgent": (
        Part(("due_at", *YOUNGEST), _STILL & _DATED),
        Part(YOUNGEST, _STILL & ~_DATED),
        Part(("due_at", *YOUNGEST), ~_STILL & _DATED),
        Part(YOUNGEST, ~_STILL & ~_DATED),
    ),
    "newest": (Part(YOUNGEST),),
    "oldest": (Part(ELDEST),),
    "response": (
        Part(ELDEST, _WAITS),
        Part(("-took", *ELDEST), _ANSWERED),
        Part(ELDEST, ~_WAITS & ~_ANSWERED),
    ),
}
DEPTH: Final = {"mine": 2, "cases": 2, "due": 1, "late": 1, "open": 2}
"""How many parts of the most urgent order a quick filter's reports can lie in."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_PLACE: Final = re.compile(r"\d(\.-?\d{1,17}){2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page; ``older`` and ``newer`` name the places its neighbours begin from."""

    object_list: list[Complaint] = field(default_factory=list)
    older: str = ""
    newer: str = ""


def order_of(filters: Filters) -> tuple[Part, ...]:
    """Return the parts in which the reports lie that fit, in the order asked for."""
    parts = ORDERS[filters.sort]
    return parts[: DEPTH.get(filters.tab)] if filters.sort == "urgent" else parts


def first(rows: QuerySet[Complaint], filters: Filters, most: int) -> list[Complaint]:
    """Return the first ``most`` of the rows that fit, with their pk and uuid alone."""
    return [row for _, row in read(_bare(rows), order_of(filters), most)]


def page(rows: QuerySet[Complaint], filters: Filters, *, after: str = "", before: str = "") -> Page:
    """Return a page of the rows that fit, with their pk and uuid alone.

    Args:
        after: where the page before ended; nonsense leads to the first page.
        before: where the page after begins; only if there is no ``after``.

    Where nothing is left of the page, it is the first one.
    """
    order = order_of(filters)
    place = parse(after or before, order)
    backwards = place is not None and not after
    read_on = read(_bare(rows), order, SIZE + 1, beyond=place, backwards=backwards)
    found, more = read_on[:SIZE], len(read_on) > SIZE
    if place is not None and (not found or (backwards and not more)):
        return page(rows, filters)  # nothing is left there, or it is the first page
    if not found:
        return Page()
    if backwards:
        found.reverse()
    older = write(order, *found[-1]) if more or backwards else ""
    newer = write(order, *found[0]) if place is not None else ""
    return Page([row for _, row in found], older, newer)


def write(order: tuple[Part, ...], number: int, row: Complaint) -> str:
    """Return a row's place for an address: "0.1795658400000000.1795500000000000.4711"."""
    values = (_ticks(getattr(row, name)) for name in order[number].names)
    return ".".join(map(str, (number, *values)))


def parse(text: str, order: tuple[Part, ...]) -> Place | None:
    """Return the place that :func:`write` wrote for this order, or None."""
    if not _PLACE.fullmatch(text):
        return None
    number, *ticks = map(int, text.split("."))
    if number >= len(order) or len(ticks) != len(order[number].keys):
        return None
    values = zip(order[number].names, ticks, strict=True)
    return Place(number, tuple(_value(name, count) for name, count in values))


def _bare(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    took = ExpressionWrapper(F("answered_at") - F("created_at"), output_field=DurationField())
    return rows.annotate(took=took).only("uuid", "created_at", "due_at")


def _ticks(value: Any) -> int:
    """Return a moment or a span in microseconds, and a key as it is."""
    if isinstance(value, datetime):
        return (value - _EPOCH) // _TICK
    return value // _TICK if isinstance(value, timedelta) else int(value)


def _value(name: str, ticks: int) -> Any:
    if name == "id":
        return ticks
    return ticks * _TICK if name == "took" else _EPOCH + ticks * _TICK
