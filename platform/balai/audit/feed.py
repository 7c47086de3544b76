"""What happened, in an order that other programs can follow without missing anything.

A row's number or time is given before its transaction commits, so whoever asks for "everything
after the last one I saw" would miss what committed late. The audit chain has no such hole: it
admits one writer at a time until that writer's commit, so that what is seen is all there was.
"""

from dataclasses import dataclass
from datetime import datetime

from balai.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """That something happened to something; nobody's name."""

    seq: int
    at: datetime
    action: str
    target: str


def after(seq: int, limit: int) -> list[Line]:
    """Return the next lines of the active schema's log, the oldest first (1 query)."""
    rows = Entry.objects.filter(seq__gt=seq).order_by("seq")
    return [Line(*row) for row in rows.values_list("seq", "at", "action", "target")[:limit]]


def last() -> int:
    """Return the number of the newest line, 0 for an empty log (1 query)."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
