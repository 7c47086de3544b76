"""Bulk actions as their officer sees them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from modules.complaints import rights
from modules.complaints.models import BulkAction, Complaint

BEGUN, DONE, UNDONE = "complaints.bulk_begun", "complaints.bulk_done", "complaints.bulk_undone"
TOPICS = (BEGUN, DONE, UNDONE)
FRESH = timedelta(minutes=2)
"""For so long the inbox tells of a bulk action that has ended."""


@dataclass(frozen=True, slots=True)
class Target:
    """One report of a bulk action; ``refused`` says why nothing happened, None while it waits.

    ``complaint`` is None once the report is out of the officer's reach.
    """

    complaint: Complaint | None
    refused: str | None


def latest(user: Any) -> BulkAction | None:
    """Return the officer's bulk action that waits, is at work or has just ended; one query."""
    rows = BulkAction.objects.filter(user=user, due_at__gte=timezone.now() - timedelta(hours=1))
    found = rows.exclude(state=BulkAction.State.UNDONE).order_by("-due_at").first()
    if found and found.done_at and found.done_at < timezone.now() - FRESH:
        return None
    return found


def own(user: Any, reference: UUID) -> BulkAction | None:
    """Return one of the officer's own bulk actions; those of others do not exist."""
    return BulkAction.objects.filter(user=user, uuid=reference).first()


def targets(user: Any, action: BulkAction) -> list[Target]:
    """Return what became of each report, in the order they were chosen; one query."""
    reach = rights.within_reach(Complaint.objects.all(), user).filter(uuid__in=action.targets)
    known = {str(row.uuid): row for row in reach.only("uuid", "number", "title", "state")}
    return [Target(known.get(key), action.outcome.get(key)) for key in action.targets]
