"""The only thing other modules may import of this one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from modules.complaints.selectors import by_agency, figures, public, sharing
from modules.complaints.services import partnering

CASE_TOPICS = {
    "complaints.report": "arrived",
    "complaints.verify": "checked",
    "complaints.decide": "checked",
}
"""When a case may be passed on to another body: the event's key is the case's uuid."""
CASE_FIELDS = sharing.FIELDS
"""What may be told of a case, by key."""
CASE_PAGE = "complaints_desk:detail"
"""The desk's page of a case; its argument is the uuid."""

case_kinds = sharing.kinds
cases_by_uuid = sharing.by_uuid
search_cases = sharing.search
may_share = sharing.may_share
case_details = sharing.details
case_photos = sharing.photos
hear_partner = partnering.hear
note_sharing = partnering.note_sharing

AgencyResults = by_agency.AgencyResults
agency_results = by_agency.agency_results
"""What each agency did with the public reports of a year, by its code in the directory."""


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
