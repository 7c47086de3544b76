"""What an officer may do with a report: permissions within the agency that holds it."""

from typing import Any

from django.db.models import Q, QuerySet

from modules.complaints.models import Complaint

DESK = "complaints.access_desk"


def has(user: Any, permission: str, complaint: Complaint) -> bool:
    """Tell whether ``user`` has ``permission`` for the agency that holds ``complaint``.

    A report that no agency holds yet belongs to those whose right covers every agency.
    """
    if user is None or not user.is_authenticated or not user.has_perm(permission):
        return False
    scope = user.agencies_for(permission)
    return bool(scope.all_agencies or complaint.agency_id in scope.ids)


def within_reach(reports: QuerySet[Complaint], user: Any) -> QuerySet[Complaint]:
    """Keep the reports that ``user`` may see at the desk; nothing without the right."""
    if not user.is_authenticated or not user.has_perm(DESK):
        return reports.none()
    scope = user.agencies_for(DESK)
    return reports if scope.all_agencies else reports.filter(Q(agency__in=scope.ids))


def sees_identity(user: Any, complaint: Complaint) -> bool:
    """Tell whether an officer may see who sent it: open names within reach, secret ones rarely."""
    if complaint.identity == Complaint.Identity.ANONYMOUS:
        return False
    if complaint.identity == Complaint.Identity.NAMED:
        return has(user, DESK, complaint)
    return has(user, "complaints.see_identity", complaint)
