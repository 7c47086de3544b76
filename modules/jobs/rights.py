"""Who may act for an employer, for an applicant, and for the office."""

from typing import Any

from modules.jobs.models import Application, Card, Employer, EmployerMember, Vacancy
from modules.jobs.models.base import Storied
from modules.jobs.workflow import Move, Who

DESK = "jobs.access_desk"


def acts_for(user: Any, employer: Employer | int) -> bool:
    """Tell whether the account may act for the employer; one query."""
    return bool(
        user is not None
        and user.is_authenticated
        and EmployerMember.objects.filter(employer=employer, user=user.pk).exists()
    )


def owns(user: Any, employer: Employer) -> bool:
    """Tell whether the account decides who else acts for the employer."""
    rows = EmployerMember.objects.filter(employer=employer, user=user.pk, owner=True)
    return bool(rows.exists())


def employer_of(row: Storied) -> int | None:
    """Return the key of the employer a row belongs to."""
    if isinstance(row, Employer):
        return row.pk
    if isinstance(row, Vacancy):
        return row.employer_id
    return row.vacancy.employer_id if isinstance(row, Application) else None


def is_own(user: Any, row: Any) -> bool:
    """Tell whether an application or a card is the account's own."""
    if isinstance(row, Application):
        return bool(row.seeker.user_id == user.pk)
    return isinstance(row, Card) and row.user_id == user.pk


def side_of(user: Any, move: Move, row: Any) -> Who | None:
    """Return the side on which ``user`` may make ``move``, None where they may not.

    The clock has no account. Nobody decides for the office about their own firm or card.
    """
    if user is None:
        return Who.CLOCK if Who.CLOCK in move.who else None
    employer, own = employer_of(row), is_own(user, row)
    inside = employer is not None and acts_for(user, employer)
    if Who.EMPLOYER in move.who and inside:
        return Who.EMPLOYER
    if Who.SEEKER in move.who and own:
        return Who.SEEKER
    office = Who.OFFICER in move.who and move.permission and user.has_perm(move.permission)
    return Who.OFFICER if office and not inside and not own else None


def allowed(user: Any, move: Move, row: Any) -> bool:
    """Tell whether ``user`` stands on a side that makes ``move``."""
    return side_of(user, move, row) is not None
