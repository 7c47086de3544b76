"""Prepared answers: which of them fit a report, and all of them for the console."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from modules.complaints import rights
from modules.complaints.models import CannedReply, Complaint


def for_case(complaint: Complaint) -> list[CannedReply]:
    """Return the region's and the agency's answers for the report's state, by name; one query."""
    rows = CannedReply.objects.filter(state__in=("", complaint.state))
    return list(rows.filter(Q(agency=None) | Q(agency=complaint.agency_id)))


def for_many(user: Any) -> list[CannedReply]:
    """Return the region's answers and those of the officer's agencies, whatever the state."""
    scope = user.agencies_for(rights.DESK)
    mine = Q() if scope.all_agencies else Q(agency=None) | Q(agency__in=scope.ids)
    return list(CannedReply.objects.filter(mine))


def every() -> list[CannedReply]:
    """Return all answers for the console: the region's own first, then agency by agency."""
    rows = CannedReply.objects.select_related("agency")
    return sorted(rows, key=lambda row: (row.agency.name if row.agency else "", row.label.lower()))


def one(reference: UUID) -> CannedReply | None:
    """Return one prepared answer."""
    return CannedReply.objects.select_related("agency").filter(uuid=reference).first()
