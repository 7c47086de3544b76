"""Cases change hands within an agency: one officer takes it, passes it on, gives it back."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.complaints import rights
from modules.complaints.models import Complaint, Entry
from modules.complaints.selectors import colleagues
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    announce,
    locked,
    record,
    require,
)
from modules.complaints.states import OPEN
from modules.complaints.workflow import HANDLE, VERIFY, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

HANDED_OVER = "complaints.handed_over"
HANDED_BACK = "complaints.handed_back"


@transaction.atomic
def hand_over(
    *, complaint: Complaint, to: "User", by: "User", note: str = "", now: datetime | None = None
) -> Complaint:
    """Make ``to`` the officer who works on the case; officers read the note, nobody else.

    Raises:
        NotAllowed: for a case that is over, or somebody who is no colleague at its agency.
        PermissionDenied: when ``by`` may not handle this agency's reports.
    """
    current = _open_case(complaint, by)
    if not colleagues.of_case(current).filter(pk=to.pk).exists() and to.pk != by.pk:
        raise NotAllowed(_("%(name)s does not work on this agency's cases.") % {"name": to.label})
    if current.assignee_id == to.pk:
        raise NotAllowed(_("%(name)s has the case already.") % {"name": to.label})
    words = _("For %(name)s.") % {"name": to.label}
    entry = _assign(current, to, f"{words} {note}".strip(), by, now)
    announce(HANDED_OVER, current, entry=entry.pk, officer=to.pk, by=by.pk)
    return current


def take(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Make the case one's own."""
    return hand_over(complaint=complaint, to=by, by=by, now=now)


@transaction.atomic
def hand_back(
    *, complaint: Complaint, by: "User", note: str = "", now: datetime | None = None
) -> Complaint:
    """Give the case back to the whole agency: nobody in particular works on it then.

    Raises:
        NotAllowed: when it is nobody's, or over.
        PermissionDenied: when ``by`` may not handle this agency's reports.
    """
    current = _open_case(complaint, by)
    if current.assignee_id is None:
        raise NotAllowed(_("The case is nobody's already."))
    words = _("Given back to the agency.") if current.agency_id else _("Given back.")
    entry = _assign(current, None, f"{words} {note}".strip(), by, now)
    announce(HANDED_BACK, current, entry=entry.pk)
    return current


@transaction.atomic
def release(*, complaint_id: int) -> bool:
    """Take a case from an officer whose agency no longer holds it; tell whether it was so."""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("assignee")
    current = rows.filter(pk=complaint_id).first()
    if current is None or current.assignee is None:
        return False
    if rights.has(current.assignee, HANDLE, current):
        return False
    current.assignee = None
    current.save(update_fields=["assignee"])
    return True


def _open_case(complaint: Complaint, by: "User") -> Complaint:
    current = locked(complaint)
    require(by, HANDLE, current)
    if current.state not in OPEN:
        raise NotAllowed(_("The case is over."))
    return current


def _assign(
    current: Complaint, to: "User | None", words: str, by: "User", now: datetime | None
) -> Entry:
    before = current.assignee.uuid if current.assignee else None
    current.assignee = to
    current.save(update_fields=["assignee"])
    author = Author.COORDINATOR if rights.has(by, VERIFY, current) else Author.AGENCY
    line = Line(author, words, Audience.INTERNAL)
    entry = record(current, line, by=by, at=now or timezone.now(), topic="complaints.note_written")
    audit.record(
        action="complaints.assigned", target=current.number,
        before={"officer": before}, after={"officer": to.uuid if to else None},
    )  # fmt: skip
    return entry
