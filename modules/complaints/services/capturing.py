"""Permissions to take a photo of evidence: issued to one officer for one report, spent once."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.complaints.models import Capture, Complaint
from modules.complaints.services.moving import require
from modules.complaints.workflow import HANDLE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

GOOD_FOR: Final = timedelta(minutes=10)
PREFETCHED_FOR: Final = timedelta(hours=24)
"""How long after its issue a photo may be taken, by the phone's clock."""

ARRIVES_WITHIN: Final = timedelta(hours=72)
"""How long after its issue a prefetched one may reach us: a phone may be without network."""

FORGOTTEN_AFTER: Final = timedelta(days=7)
SKEW: Final = timedelta(minutes=5)
"""How far a phone's clock may be off."""

MOST: Final = 150
"""Unspent permissions of one officer for one report; more is a mistake of the page."""


@transaction.atomic
def issue(
    *,
    complaint: Complaint,
    by: "User",
    count: int = 1,
    prefetched: bool = False,
    now: datetime | None = None,
) -> list[Capture]:
    """Issue permissions to take ``count`` photos of this report's repair.

    Args:
        prefetched: for work without a network; good for a day instead of ten minutes.

    Raises:
        NotAllowed: when too many lie unspent.
        PermissionDenied: when ``by`` does not handle this agency's reports.
    """
    now = now or timezone.now()
    require(by, HANDLE, complaint)
    unspent = Capture.objects.filter(
        complaint=complaint, officer=by, used_at=None, issued_at__gt=now - PREFETCHED_FOR
    )
    if unspent.count() + count > MOST:
        raise NotAllowed(_("Too many photos were begun. Try again tomorrow."))
    return Capture.objects.bulk_create(
        Capture(
            nonce=uuid.uuid4(),
            complaint=complaint,
            officer=by,
            issued_at=now,
            prefetched=prefetched,
        )
        for _number in range(count)
    )


def redeem(
    nonce: "uuid.UUID | None",
    *,
    complaint: Complaint,
    by: "User | None",
    captured_at: datetime | None,
    now: datetime,
) -> str:
    """Spend a permission; return why it is worth nothing, or "" when the photo was taken with it.

    The reasons are "none", "unknown", "somebody_else", "other_report", "used" and "expired". Of
    two requests with one nonce only the first is served: the row is taken by a conditional UPDATE.
    """
    if nonce is None or by is None:
        return "none"
    row = Capture.objects.filter(nonce=nonce).first()
    if row is None:
        return "unknown"
    if row.officer_id != by.pk:
        return "somebody_else"
    if row.complaint_id != complaint.pk:
        return "other_report"
    if not _in_time(row, captured_at or now, now):
        return "expired"
    spent = Capture.objects.filter(nonce=nonce, used_at=None).update(used_at=now)
    return "" if spent else "used"


def forget(*, now: datetime) -> int:
    """Delete what nobody can spend any more; return how many."""
    return Capture.objects.filter(issued_at__lt=now - FORGOTTEN_AFTER).delete()[0]


def good_until(captures: Sequence[Capture]) -> datetime | None:
    """Return until when photos can be taken with all of these."""
    ends = [row.issued_at + (PREFETCHED_FOR if row.prefetched else GOOD_FOR) for row in captures]
    return min(ends, default=None)


def _in_time(row: Capture, captured_at: datetime, now: datetime) -> bool:
    """Judge by the phone's clock where it may have been offline, else by ours alone."""
    if not row.prefetched:
        return now <= row.issued_at + GOOD_FOR
    begun, end = row.issued_at - SKEW, row.issued_at + PREFETCHED_FOR
    return begun <= captured_at <= min(end, now + SKEW) and now <= row.issued_at + ARRIVES_WITHIN
