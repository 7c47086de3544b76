"""An employer writes a vacancy, an officer reviews it, it opens and ends; its outcome is told."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, fulltext
from balai.endpoints import Endpoint, require
from modules.jobs import conf, flags, rights
from modules.jobs.choices import MONTHLY, Occupation, PayPeriod
from modules.jobs.models import Application, Employer, Vacancy
from modules.jobs.services import moving, numbering
from modules.jobs.states import LIVE, ApplicationState, VacancyState
from modules.jobs.workflow import NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User

TOLD: Final = (
    "title", "occupation", "type", "workplace", "headcount", "description", "requirements",
    "benefits", "education", "experience_years", "skills", "area", "district", "address",
    "pay_min", "pay_max", "pay_period", "sex", "age_min", "age_max", "criteria_reason",
    "locals_first", "disability_welcome", "valid_until",
)  # fmt: skip


@transaction.atomic
def save_draft(
    *,
    employer: Employer,
    told: Mapping[str, Any],
    by: "User",
    vacancy: Vacancy | None = None,
    now: datetime | None = None,
    sample: bool = False,
) -> Vacancy:
    """Keep a draft; it can be found and flagged from now on, but nobody reads it yet.

    Args:
        told: the fields of :data:`TOLD`, checked by the form.
        vacancy: the draft to change; None makes a new one.

    Raises:
        NotAllowed: when the vacancy is no draft any more.
        PermissionDenied: for whoever does not act for the employer.
    """
    now = now or timezone.now()
    if not rights.acts_for(by, employer):
        raise PermissionDenied
    row = moving.locked(vacancy) if vacancy else _new(employer, by, now, sample)
    if row.state != VacancyState.DRAFT:
        raise NotAllowed(_("Only a draft can be changed. Take it back first."))
    for name in TOLD:
        setattr(row, name, told[name])
    row.pay_monthly = monthly(row.pay_max or row.pay_min, row.pay_period)
    row.flags = flags.examine(row, conf.current().minimum_wage)
    row.search = _vector(row)
    row.save()
    audit.record(action="jobs.vacancy_saved", target=row.number)
    return row


def monthly(wage: int | None, period: str) -> int:
    """Return a wage in rupiah brought to a month; 0 where none is told."""
    return min((wage or 0) * MONTHLY[PayPeriod(period)], 2_000_000_000)


def publish(*, vacancy: Vacancy, by: "User", now: datetime | None = None) -> Vacancy:
    """Open a reviewed vacancy to everybody; one that was open before keeps its first day.

    Raises:
        StoppedError: while the region's state lets nothing new be published.
    """
    require(Endpoint.PUBLISHING)
    now = now or timezone.now()
    changes = {"published_at": vacancy.published_at or now, "ended_at": None}
    return moving.move("publish", vacancy, by=by, changes=changes, now=now)


def end(name: str, *, vacancy: Vacancy, by: "User | None", now: datetime | None = None) -> Vacancy:
    """Make one of the moves that end a vacancy: fill, close, expire. The outcome is owed then."""
    now = now or timezone.now()
    return moving.move(name, vacancy, by=by, changes={"ended_at": now}, now=now)


@transaction.atomic
def extend(*, vacancy: Vacancy, until: date, by: "User") -> Vacancy:
    """Give a live vacancy a later last day, at most ``open_days`` from today.

    Raises:
        NotAllowed: when it has ended, or for a day too late.
        PermissionDenied: for whoever does not act for the employer.
    """
    current = moving.locked(vacancy)
    if not rights.acts_for(by, current.employer_id):
        raise PermissionDenied
    days, today = conf.current().open_days, timezone.localdate()
    if current.state not in LIVE or not today <= until <= today + timedelta(days=days):
        raise NotAllowed(_("Choose a day within the next %(n)d days.") % {"n": days})
    before, current.valid_until = current.valid_until, until
    current.save(update_fields=["valid_until"])
    audit.record(
        action="jobs.vacancy_extended", target=current.number,
        before={"valid_until": str(before)}, after={"valid_until": str(until)},
    )  # fmt: skip
    return current


@transaction.atomic
def fill_when_complete(*, vacancy: Vacancy, now: datetime) -> None:
    """End a live vacancy as filled, by itself, once as many are hired as it has places."""
    current = moving.locked(vacancy)
    hired = Application.objects.filter(vacancy=current, state=ApplicationState.HIRED).count()
    if current.state in LIVE and hired >= current.headcount:
        end("fill", vacancy=current, by=None, now=now)


@transaction.atomic
def report(
    *, vacancy: Vacancy, elsewhere: int, text: str, by: "User", now: datetime | None = None
) -> Vacancy:
    """Report the outcome to the office (Perpres 57/2023): who was hired is counted here.

    Args:
        elsewhere: how many were hired who had not applied on this site.
        text: a remark, such as why nobody fitted.
    """
    changes = {"placed_elsewhere": elsewhere}
    return moving.move("report", vacancy, by=by, text=text, changes=changes, now=now)


@transaction.atomic
def discard(*, vacancy: Vacancy, by: "User") -> None:
    """Throw a draft away that was never published: of what was, the outcome is owed.

    Raises:
        NotAllowed: when it is no draft, or was published before.
        PermissionDenied: for whoever does not act for the employer.
    """
    current = moving.locked(vacancy)
    if not rights.acts_for(by, current.employer_id):
        raise PermissionDenied
    if current.state != VacancyState.DRAFT or current.published_at:
        raise NotAllowed(_("Only a draft that was never published can be thrown away."))
    current.delete()
    audit.record(action="jobs.vacancy_discarded", target=current.number)


def index(employer: Employer) -> None:
    """Write anew what an employer's vacancies are found by, after its name changed."""
    rows = Vacancy.objects.filter(employer=employer).select_related("employer", "area", "district")
    for row in rows.defer("area__boundary", "district__boundary"):
        Vacancy.objects.filter(pk=row.pk).update(search=_vector(row))


def _new(employer: Employer, by: "User", now: datetime, sample: bool) -> Vacancy:
    row = Vacancy(
        employer=employer, number=numbering.next_number("LK", now), created_by=by,
        created_at=now, sample=sample,
    )  # fmt: skip
    moving.write(row, "draft", text="", who=Who.EMPLOYER, now=now)
    return row


def _vector(row: Vacancy) -> Any:
    """Return what a vacancy is found by: its title, then who and where, then the text."""
    kind = str(Occupation(row.occupation).label)
    where = f"{row.number} {row.employer.name} {row.place} {row.address}"
    text = f"{row.skills} {row.description} {row.requirements} {row.benefits} {kind}"
    return fulltext.vector(row.title, where, text)
