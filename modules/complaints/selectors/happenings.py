"""What happened to public reports, for other programs."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import public

TOLD = Q(audience=Entry.Audience.PUBLIC) | ~Q(to_state="")
"""A move is told to everybody, though its text only to its own audience."""


def latest(rows: Sequence[Complaint]) -> dict[int, Entry]:
    """Return the last line that everybody may know of each report; one query."""
    if not rows:
        return {}
    found = Entry.objects.filter(TOLD, complaint__in=[row.pk for row in rows])
    found = found.select_related("agency").order_by("complaint_id", "-at", "-id")
    return {entry.complaint_id: entry for entry in found.distinct("complaint_id")}


def between(start: datetime, end: datetime, limit: int) -> list[Entry]:
    """Return what everybody may know that happened to public reports, the oldest first."""
    rows: QuerySet[Entry] = Entry.objects.filter(TOLD, at__gte=start, at__lte=end)
    rows = rows.filter(complaint__in=public.visible().values("pk"))
    rows = rows.select_related("agency", "complaint").defer("complaint__search")
    return list(rows.order_by("at", "id")[:limit])
