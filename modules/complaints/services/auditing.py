"""A share of the closed reports is looked at again by somebody who had no part in them."""

import hmac
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, context
from modules.complaints import conf
from modules.complaints.models import Audit, Complaint
from modules.complaints.selectors import audits
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    locked,
    move,
    record,
    require,
)
from modules.complaints.states import State
from modules.complaints.workflow import VALIDATE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

AUDITED = "audited"
Verdict = Audit.Verdict


def is_drawn(report: UUID, percent: int) -> bool:
    """Tell whether a report is drawn when it closes.

    The lot is a keyed hash of the report's uuid: the same at every try, known to nobody who
    lacks the server's key, and not to be changed by closing at another moment.

    Args:
        percent: the region's share, 0 to 100.
    """
    key = context.namespaced(f"complaints.audit:{report}").encode()
    lot = hmac.digest(settings.SECRET_KEY.encode(), key, "sha256")
    return int.from_bytes(lot[:8], "big") * 100 < percent << 64


def draw(*, complaint: Complaint, now: datetime | None = None) -> bool:
    """Put a closed report on the auditors' list if its lot says so; tell whether it is drawn.

    Once a report: one that was audited, reopened and closed again is not drawn a second time.
    """
    if complaint.sample or complaint.erased_at or complaint.state != State.CLOSED:
        return False
    if not is_drawn(complaint.uuid, conf.current().audit_percent):
        return False
    _row, fresh = Audit.objects.get_or_create(
        complaint=complaint, defaults={"drawn_at": now or timezone.now()}
    )
    return fresh


@transaction.atomic
def decide(
    *, complaint: Complaint, verdict: str, note: str = "", by: "User", now: datetime | None = None
) -> Complaint:
    """Say what the second look found. What was not done is opened again.

    Raises:
        NotAllowed: when it is not on the list, when ``by`` had a part in the case, or when a bad
            verdict comes without a word of why.
        PermissionDenied: when ``by`` may not check evidence.
    """
    now = now or timezone.now()
    current = locked(complaint)
    require(by, VALIDATE, current)
    row = Audit.objects.select_for_update().filter(complaint=current, verdict="").first()
    if row is None:
        raise NotAllowed(_("This report does not wait for an audit."))
    if audits.took_part(by, current):
        raise NotAllowed(_("You had a part in this case: somebody else must look at it."))
    if verdict != Verdict.SOUND and not note.strip():
        raise NotAllowed(_("Write in a sentence what you found."))
    row.verdict, row.note, row.auditor, row.decided_at = verdict, note.strip(), by, now
    row.save(update_fields=["verdict", "note", "auditor", "decided_at"])
    audit.record(
        action="complaints.audited", target=current.number, after={"verdict": str(verdict)}
    )
    if verdict == Verdict.FALSE and current.state == State.CLOSED:
        return _reopen(current, note, by, now)
    line = Line(Author.VALIDATOR, note, Audience.INTERNAL)
    record(current, line, by=by, at=now, topic="complaints.audited", word=AUDITED)
    return current


def _reopen(complaint: Complaint, note: str, by: "User", now: datetime) -> Complaint:
    changes = {
        "resolved_at": None,
        "closed_at": None,
        "reopenings": complaint.reopenings + 1,
        "level": complaint.level + 1,
    }
    line = Line(Author.VALIDATOR, note, Audience.REPORTER)
    return move("reopen_by_audit", complaint=complaint, line=line, by=by, changes=changes, now=now)
