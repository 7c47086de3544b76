"""The only thing other modules may import of this one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from modules.complaints.selectors import figures, public


@dataclass(frozen=True, slots=True)
class ComplaintSummary:
    """A public report; nothing in it points at a person."""

    uuid: UUID
    number: str
    title: str
    state: str
    category: str
    agency: str
    place: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reports wait, are handled, are done (last 90 days) and are late."""

    waiting: int
    handled: int
    done: int
    late: int


def counts() -> Counts:
    """Return the active region's figures of now."""
    found = figures.totals(timezone.localtime())
    return Counts(found.waiting, found.handled, found.done, found.late)


def recent(limit: int = 5) -> list[ComplaintSummary]:
    """Return the newest public reports."""
    return [
        ComplaintSummary(
            uuid=report.uuid,
            number=report.number,
            title=report.title,
            state=report.state,
            category=report.category.slug,
            agency=report.agency.short_name if report.agency else "",
            place=report.place,
            created_at=report.created_at,
        )
        for report in public.reports()[:limit]
    ]
