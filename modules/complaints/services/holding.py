"""Let a case rest until a day: an officer asks, a supervisor consents, and it goes on by itself."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_noop

from balai import audit
from modules.complaints import conf, workflow
from modules.complaints.models import Complaint, HoldRequest
from modules.complaints.services.moving import (
    Audience,
    Author,
    Line,
    locked,
    move,
    record,
    require,
)
from modules.complaints.services.saying import sentences
from modules.complaints.workflow import HANDLE, SUPERVISE, NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

ASKED, DENIED = "hold_asked", "hold_denied"


@transaction.atomic
def ask_hold(
    *, complaint: Complaint, reason: str, until: date, by: "User", now: datetime | None = None
) -> HoldRequest:
    """Ask the supervisor to let the case rest until the end of the day ``until``.

    Raises:
        NotAllowed: from another state, when it rested often enough, when somebody has asked
            already, or for a day that does not fit.
        PermissionDenied: when ``by`` does not handle this agency's reports.
    """
    now = now or timezone.now()
    current = locked(complaint)
    require(by, HANDLE, current)
    _require_possible(current, until, now)
    if open_request(current) is not None:
        raise NotAllowed(_("Somebody has asked already; the supervisor has not decided yet."))
    asked = HoldRequest.objects.create(
        complaint=current, reason=reason.strip(), until=until, asked_by=by, asked_at=now
    )
    text = sentences(gettext_noop("Until %(day)s."), reason, day=until)
    line = Line(Author.AGENCY, text, Audience.INTERNAL)
    record(current, line, by=by, at=now, topic="complaints.hold_asked", word=ASKED)
    audit.record(action="complaints.hold_asked", target=current.number)
    return asked


@transaction.atomic
def grant_hold(*, complaint: Complaint, by: "User", now: datetime | None = None) -> Complaint:
    """Consent to what was asked.

    Raises:
        NotAllowed: when nobody asks (any more), or for one's own wish.
        PermissionDenied: when ``by`` does not supervise this agency.
    """
    now = now or timezone.now()
    asked = _decide(locked(complaint), by, True, now)
    return _rest(complaint, asked.reason, asked.until, by, now)


@transaction.atomic
def deny_hold(
    *, complaint: Complaint, reason: str, by: "User", now: datetime | None = None
) -> Complaint:
    """Refuse what was asked, with a reason for the officers. Raises as :func:`grant_hold`."""
    now = now or timezone.now()
    current = locked(complaint)
    _decide(current, by, False, now)
    line = Line(Author.AGENCY, reason, Audience.INTERNAL)
    record(current, line, by=by, at=now, topic="complaints.hold_denied", word=DENIED)
    audit.record(action="complaints.hold_denied", target=current.number)
    return current


@transaction.atomic
def hold(
    *, complaint: Complaint, reason: str, until: date, by: "User", now: datetime | None = None
) -> Complaint:
    """Let the case rest at once, as a supervisor.

    Raises:
        NotAllowed: from another state, when it rested often enough or the day does not fit.
        PermissionDenied: when ``by`` does not supervise this agency.
    """
    now = now or timezone.now()
    current = locked(complaint)
    require(by, SUPERVISE, current)
    waiting = open_request(current)
    if waiting is not None:
        _close(waiting, by, True, now)
    return _rest(current, reason, until, by, now)


def resume(
    *, complaint: Complaint, note: str = "", by: "User | None", now: datetime | None = None
) -> Complaint:
    """Go on, before or (``by`` None: the clock) after the day has passed.

    The time that was left when it came to rest begins again.
    """
    line = Line(Author.AGENCY if by else Author.SYSTEM, note)
    changes = {"hold_until": None}
    return move("resume", complaint=complaint, line=line, by=by, changes=changes, now=now)


def open_request(complaint: Complaint) -> HoldRequest | None:
    """Return the wish that waits for the supervisor, if there is one."""
    return HoldRequest.objects.filter(complaint=complaint, granted=None).order_by("-id").first()


def _rest(complaint: Complaint, reason: str, until: date, by: "User", now: datetime) -> Complaint:
    current = locked(complaint)
    _require_possible(current, until, now)
    text = sentences(gettext_noop("Until %(day)s."), reason, day=until)
    changes = {"holds": current.holds + 1, "hold_until": until}
    line = Line(Author.AGENCY, text)
    return move("hold", complaint=current, line=line, by=by, changes=changes, now=now)


def _require_possible(complaint: Complaint, until: date, now: datetime) -> None:
    rules, today = conf.current(), timezone.localdate(now)
    reason = workflow.problem(workflow.get("hold"), complaint, rules, now)
    if reason:
        raise NotAllowed(reason)
    if not today < until <= today + timedelta(days=rules.max_hold_days):
        raise NotAllowed(
            _("Choose a day from tomorrow on, at most %(days)s days ahead.")
            % {"days": rules.max_hold_days}
        )


def _decide(complaint: Complaint, by: "User", granted: bool, now: datetime) -> HoldRequest:
    require(by, SUPERVISE, complaint)
    asked = open_request(complaint)
    if asked is None:
        raise NotAllowed(_("Nobody asks for it any more."))
    if asked.asked_by_id == by.pk:
        raise NotAllowed(_("Somebody else must consent to what you asked for."))
    _close(asked, by, granted, now)
    return asked


def _close(asked: HoldRequest, by: "User", granted: bool, now: datetime) -> None:
    asked.granted, asked.decided_by, asked.decided_at = granted, by, now
    asked.save(update_fields=["granted", "decided_by", "decided_at"])
