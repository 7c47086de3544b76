"""Closures that were drawn for a second look."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from modules.complaints import rights
from modules.complaints.models import Audit, Capture, Complaint, Entry, Photo
from modules.complaints.workflow import VALIDATE


def waiting(user: Any) -> QuerySet[Audit]:
    """Return the audits an officer can decide, the oldest first: within reach, no part in them."""
    if not user.has_perm(VALIDATE):
        return Audit.objects.none()
    within = rights.within_reach(Complaint.objects.filter(erased_at=None), user).order_by()
    rows = Audit.objects.filter(verdict="", complaint__in=within)
    rows = rows.exclude(_parts(user, OuterRef("complaint")))
    rows = rows.select_related(
        "complaint__category", "complaint__agency", "complaint__area", "complaint__district"
    )
    rows = rows.defer("complaint__area__boundary", "complaint__district__boundary")
    return rows.order_by("drawn_at", "pk")


def is_waiting(complaint: Complaint) -> bool:
    """Tell whether the report was drawn and nobody has decided yet."""
    return Audit.objects.filter(complaint=complaint, verdict="").exists()


def took_part(user: Any, complaint: Complaint) -> bool:
    """Tell whether an officer moved the case, wrote in it or took its photos."""
    return Complaint.objects.filter(_parts(user, OuterRef("pk")), pk=complaint.pk).exists()


def _parts(user: Any, report: OuterRef) -> Any:
    wrote = Exists(Entry.objects.filter(complaint=report, actor=user))
    sent = Exists(Photo.objects.filter(complaint=report, file__created_by=user))
    took = Exists(Capture.objects.filter(complaint=report, officer=user, used_at__isnull=False))
    return wrote | sent | took
