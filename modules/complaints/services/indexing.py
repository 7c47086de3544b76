"""What a report can be found by: title, then number and place, then text.

Whoever changes one of them writes the new value of ``search`` along, without another statement.
Rows that came another way (an import, an older version) are filled in by a task.
"""

from typing import Any

from django.db.models import Expression

from balai import fulltext
from modules.complaints.models import Complaint

BATCH = 500


def expression(complaint: Complaint, **changed: str) -> Expression:
    """Return the new value of ``search``; ``changed`` are fields that are about to change."""

    def told(field: str) -> str:
        return str(changed.get(field, getattr(complaint, field)))

    place = f"{complaint.number} {told('landmark')} {complaint.place}"
    return fulltext.vector(told("title"), place, told("text"))


def create(**fields: Any) -> Complaint:
    """Store a new report that can be found at once; one statement."""
    complaint = Complaint(**fields)
    complaint.search = expression(complaint)
    complaint.save(force_insert=True)
    return complaint


def index(complaint: Complaint) -> None:
    """Write anew what a stored report is found by, after its words or its place changed."""
    Complaint.objects.filter(pk=complaint.pk).update(search=expression(complaint))


def index_missing(limit: int = BATCH) -> int:
    """Fill in up to ``limit`` rows that cannot be found yet; return how many there were.

    Those that were emptied because their time is over stay out of every search.
    """
    waiting = Complaint.objects.filter(search__isnull=True, erased_at__isnull=True)
    rows = waiting.select_related("area", "district")
    rows = rows.defer("area__boundary", "district__boundary").order_by("id")
    found = list(rows[:limit])
    for complaint in found:
        index(complaint)
    return len(found)
