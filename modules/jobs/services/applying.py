"""A seeker applies, chooses an interview, takes an offer, or withdraws."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.jobs.models import Application, Seeker, Vacancy
from modules.jobs.services import moving, vacancies
from modules.jobs.states import ApplicationState
from modules.jobs.workflow import NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def apply(
    *, vacancy: Vacancy, seeker: Seeker, letter: str = "", now: datetime | None = None
) -> Application:
    """Send an application; who withdrew may send it again, a second one is the first.

    Raises:
        NotAllowed: when the vacancy is not open, or the profile is not complete.
    """
    now = now or timezone.now()
    current = moving.locked(vacancy)
    if not current.is_open(now):
        raise NotAllowed(_("This vacancy is no longer open."))
    if not seeker.is_ready:
        raise NotAllowed(_("First tell your name, your education and how to reach you."))
    known = Application.objects.filter(vacancy=current, seeker=seeker).first()
    if known is not None:
        if known.state != ApplicationState.WITHDRAWN:
            return known
        changes = {"letter": letter, "moved_at": now, "decided_at": None, "slots": [],
                   "interview_at": None}  # fmt: skip
        return moving.move("again", known, by=seeker.user, changes=changes, now=now)
    row = Application(vacancy=current, seeker=seeker, letter=letter, created_at=now, moved_at=now)
    moving.write(row, "send", text="", who=Who.SEEKER, now=now)
    row.save(force_insert=True)
    moving.told(row, "send")
    return row


def withdraw(
    *, application: Application, by: "User", text: str = "", now: datetime | None = None
) -> Application:
    """Take an application back: from now on the employer sees neither profile nor address."""
    now = now or timezone.now()
    changes = {"moved_at": now, "decided_at": now}
    return moving.move("withdraw", application, by=by, text=text, changes=changes, now=now)


@transaction.atomic
def choose_slot(
    *, application: Application, slot: datetime, by: "User", now: datetime | None = None
) -> Application:
    """Choose one of the proposed moments of an interview; two applicants never get the same.

    Raises:
        NotAllowed: for a moment that was not proposed, is over, or that somebody else has.
    """
    now = now or timezone.now()
    vacancy = moving.locked(application.vacancy)  # one at a time chooses
    current = moving.locked(application)
    if slot not in current.slot_times or slot <= now:
        raise NotAllowed(_("This time is no longer offered. Choose another one."))
    others = vacancy.applications.filter(interview_at=slot, state=ApplicationState.INTERVIEW)
    if not current.slots_shared and others.exclude(pk=current.pk).exists():
        raise NotAllowed(_("Somebody else has just taken this time. Choose another one."))
    changes = {"interview_at": slot, "moved_at": now}
    return moving.move("choose", current, by=by, changes=changes, now=now)


@transaction.atomic
def accept(*, application: Application, by: "User", now: datetime | None = None) -> Application:
    """Take an offer: the applicant is hired, and the vacancy filled when that was its last place.

    The vacancy's row is locked first, as everywhere: two who accept at once wait for each other.
    """
    now = now or timezone.now()
    vacancy = moving.locked(application.vacancy)
    changes = {"moved_at": now, "decided_at": now}
    row = moving.move("accept", application, by=by, changes=changes, now=now)
    vacancies.fill_when_complete(vacancy=vacancy, now=now)
    return row
