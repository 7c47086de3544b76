"""An employer looks at applicants, invites, offers, hires or declines."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from modules.jobs.models import Application, Vacancy
from modules.jobs.services import moving, vacancies
from modules.jobs.states import UNDECIDED, ApplicationState
from modules.jobs.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

MOST_SLOTS: Final = 6


def see(*, application: Application, by: "User") -> Application:
    """Note that the employer has opened an application; the applicant reads it as "seen"."""
    if application.state != ApplicationState.SENT:
        return application
    return moving.move("see", application, by=by, changes={"moved_at": timezone.now()})


def shortlist(*, application: Application, by: "User") -> Application:
    """Put an applicant on the shortlist."""
    return moving.move("shortlist", application, by=by, changes={"moved_at": timezone.now()})


def invite(
    *,
    application: Application,
    slots: Sequence[datetime],
    place: str,
    shared: bool,
    by: "User",
    text: str = "",
    now: datetime | None = None,
) -> Application:
    """Propose moments for an interview; the applicant chooses one. A new proposal replaces all.

    Args:
        shared: several applicants may choose the same moment, such as a group test.

    Raises:
        NotAllowed: without a moment in the future, or with more than :data:`MOST_SLOTS`.
    """
    now = now or timezone.now()
    ahead = sorted({slot for slot in slots if slot > now})
    if not 0 < len(ahead) <= MOST_SLOTS:
        raise NotAllowed(_("Propose one to %(n)d times in the future.") % {"n": MOST_SLOTS})
    changes = {
        "slots": [slot.isoformat() for slot in ahead], "slots_shared": shared,
        "interview_place": place, "interview_at": None, "moved_at": now,
    }  # fmt: skip
    return moving.move("invite", application, by=by, text=text, changes=changes, now=now)


def offer(*, application: Application, text: str, by: "User") -> Application:
    """Offer the work in words; the applicant accepts or withdraws."""
    changes = {"moved_at": timezone.now()}
    return moving.move("offer", application, by=by, text=text, changes=changes)


@transaction.atomic
def hire(
    *, application: Application, by: "User", text: str = "", now: datetime | None = None
) -> Application:
    """Record that the applicant was hired; the last place fills the vacancy."""
    now = now or timezone.now()
    vacancy = moving.locked(application.vacancy)
    changes = {"moved_at": now, "decided_at": now}
    row = moving.move("hire", application, by=by, text=text, changes=changes, now=now)
    vacancies.fill_when_complete(vacancy=vacancy, now=now)
    return row


def reject(
    *, application: Application, text: str, by: "User", now: datetime | None = None
) -> Application:
    """Decline an applicant with some words."""
    now = now or timezone.now()
    changes = {"moved_at": now, "decided_at": now}
    return moving.move("reject", application, by=by, text=text, changes=changes, now=now)


@transaction.atomic
def reject_rest(*, vacancy: Vacancy, text: str, by: "User", now: datetime | None = None) -> int:
    """Decline everybody who still waits, with the same words; return how many."""
    waiting = list(vacancy.applications.filter(state__in=UNDECIDED).order_by("pk"))
    for application in waiting:
        reject(application=application, text=text, by=by, now=now)
    return len(waiting)


def reconsider(*, application: Application, by: "User") -> Application:
    """Undo a decision: the applicant is on the shortlist again."""
    changes = {"moved_at": timezone.now(), "decided_at": None}
    return moving.move("reconsider", application, by=by, changes=changes)
