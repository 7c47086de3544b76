"""Reports as the API shows them."""

from collections.abc import Sequence

from balai import context
from modules.complaints import history
from modules.complaints.models import Complaint, Entry
from modules.complaints.schemas import PlaceOut, ReportOut, StepOut


def report(row: Complaint) -> ReportOut:
    """Return what everybody may know of a public report."""
    return ReportOut(
        uuid=row.uuid,
        number=row.number,
        title=row.title,
        state=row.state,
        category=row.category.slug,
        agency=row.agency.short_name if row.agency else "",
        place=row.place,
        created_at=row.created_at,
        due_at=row.due_at,
    )


def place(row: Complaint) -> PlaceOut:
    """Return where it is."""
    return PlaceOut(
        area=row.area.code if row.area else None,
        landmark=row.landmark,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def steps(entries: Sequence[Entry]) -> list[StepOut]:
    """Return the lines of a history or conversation."""
    return [
        StepOut(
            at=entry.at,
            state=entry.to_state,
            title=history.title(entry),
            author=entry.author,
            text=entry.text,
        )
        for entry in entries
    ]


def absolute(path: str) -> str:
    """Return an address with the region's host."""
    return f"{context.current_region().base_url}{path}"
