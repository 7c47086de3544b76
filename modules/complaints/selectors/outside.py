"""Hand-overs to other authorities."""

from uuid import UUID

from modules.complaints.models import Complaint, OutsideCase

AUTHORITY, Exchange = OutsideCase.System.AUTHORITY, OutsideCase.State


def waiting(complaint_id: int) -> OutsideCase | None:
    """Return the hand-over whose letter has not been sent yet, with its report."""
    rows = OutsideCase.objects.select_related("complaint__category", "complaint__agency")
    open_ones = rows.filter(complaint=complaint_id, system=AUTHORITY, state=Exchange.WAITING)
    return open_ones.order_by("-id").first()


def by_uuid(reference: UUID) -> OutsideCase | None:
    """Return the hand-over a letter's link names, with what its page shows of the report."""
    rows = OutsideCase.objects.select_related(
        "complaint__category", "complaint__area", "complaint__district"
    )
    rows = rows.defer("complaint__area__boundary", "complaint__district__boundary")
    return rows.filter(uuid=reference, system=AUTHORITY).first()


def is_with_them(outside: OutsideCase) -> bool:
    """Tell whether the authority may still take the report on."""
    own: Complaint = outside.complaint
    still = outside.state in (Exchange.WAITING, Exchange.SENT)
    return still and own.state == "transferred_out" and own.recipient == outside.receiver
