"""Who may act for an employer, for an applicant, and for the office."""

from typing import Any

from modules.jobs.models import Application, Employer, EmployerMember, Vacancy
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


def allowed(user: Any, move: Move, row: Any) -> bool:
    """Tell whether ``user`` stands on a side that makes ``move``; the clock has no account."""
    if user is None:
        return Who.CLOCK in move.who
    employer = employer_of(row)
    inside = employer is not None and acts_for(user, employer)
    if Who.OFFICER in move.who and move.permission and user.has_perm(move.permission):
        return not inside  # nobody checks their own
    if Who.EMPLOYER in move.who and inside:
        return True
    own = isinstance(row, Application) and row.seeker.user_id == user.pk
    return own and Who.SEEKER in move.who
