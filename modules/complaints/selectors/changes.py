"""Which public reports changed since a place in the log; see ``balai.audit.feed`` for the order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from balai.audit import feed
from modules.complaints.models import Complaint
from modules.complaints.numbers import parse
from modules.complaints.selectors import public

AT_ONCE: Final = 200
PREFIX: Final = "complaints."


@dataclass(frozen=True, slots=True)
class Change:
    """A report that changed, as it is now; None when it is no longer public."""

    number: str
    at: datetime
    report: Complaint | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some changes; ``last`` is the place up to which the log was read."""

    changes: list[Change]
    last: int
    more: bool


def since(seq: int) -> Page:
    """Return what changed after a place in the log, each report once a page, the oldest first.

    A report that was never public is never named; one that was is told to be gone.
    """
    lines = feed.after(seq, AT_ONCE)
    last = lines[-1].seq if lines else seq
    touched = {
        line.target: line.at
        for line in lines
        if line.action.startswith(PREFIX) and parse(line.target) == line.target
    }
    shown = {row.number: row for row in public.reports_numbered(touched)}
    rows = Complaint.objects.filter(number__in=touched, published_at__isnull=False)
    once_public = set(rows.values_list("number", flat=True)) if touched else set()
    changes = [
        Change(number, at, shown.get(number))
        for number, at in sorted(touched.items(), key=lambda item: item[1])
        if number in shown or number in once_public
    ]
    return Page(changes, last, more=len(lines) == AT_ONCE)


def newest() -> int:
    """Return the place of now."""
    return feed.last()
