"""Whether the evidence of a case must be seen by a second person, whatever the region decided."""

from datetime import UTC, datetime

from django.db.models import QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from modules.complaints import conf
from modules.complaints.models import Complaint, Entry, Flag, Photo

SENT_BACK = ("reopen", "send_back", "reopen_by_audit")
"""Moves after which evidence counts anew: what was handed in before was not enough."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def must_be_checked(complaint: Complaint, rules: conf.Settings) -> bool:
    """Tell whether something speaks against the photos of the present hand-in (1 query).

    A photo that was only chosen from a gallery counts where the region asks for the camera page.
    """
    flags = Flag.objects.filter(photo__in=current_evidence(complaint))
    if not rules.camera_required:
        flags = flags.exclude(kind=Flag.Kind.NOT_TAKEN_HERE)
    return flags.exists()


def current_evidence(complaint: Complaint) -> QuerySet[Photo]:
    """Return the photos of the repair that were not sent back or overtaken by a reopening."""
    return Photo.objects.filter(
        complaint=complaint,
        stage=Photo.Stage.AFTER,
        taken_at__gt=Coalesce(_since(complaint), Value(LONG_AGO)),
    ).order_by()


def _since(complaint: Complaint) -> Subquery:
    moves = Entry.objects.filter(complaint=complaint, move__in=SENT_BACK)
    return Subquery(moves.order_by("-at").values("at")[:1])
