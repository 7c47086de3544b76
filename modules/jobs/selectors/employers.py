"""What the people of an employer read: itself, its vacancies, its applicants."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from modules.jobs.models import Application, Employer, EmployerMember, Vacancy
from modules.jobs.states import (
    ENDED,
    UNDECIDED,
    ApplicationState,
    EmployerState,
    VacancyState,
)


def of_user(user: Any) -> list[Employer]:
    """Return the employers an account acts for, by name."""
    rows = Employer.objects.filter(members__user=user.pk)
    return list(rows.select_related("district").defer("district__boundary").order_by("name"))


def one(user: Any, reference: UUID) -> Employer | None:
    """Return an employer that the account acts for, or None: others' look like absent."""
    rows = Employer.objects.filter(uuid=reference, members__user=user.pk)
    return rows.select_related("district").defer("district__boundary").first()


def by_uuid(reference: UUID | str) -> Employer | None:
    """Return an employer by its reference."""
    return Employer.objects.filter(uuid=reference).first()


def members(employer: Employer) -> list[EmployerMember]:
    """Return who acts for an employer, the owners first."""
    rows = EmployerMember.objects.filter(employer=employer).select_related("user", "employer")
    return list(rows.order_by("-owner", "joined_at", "pk"))


def vacancies(employer: Employer) -> QuerySet[Vacancy]:
    """Return an employer's vacancies, the newest first, with their applicants counted."""
    rows = Vacancy.objects.filter(employer=employer).defer("search", "description")
    return rows.annotate(
        applicants=Count("applications", filter=~Q(applications__state="withdrawn")),
        waiting=Count("applications", filter=Q(applications__state__in=UNDECIDED)),
        unseen=Count("applications", filter=Q(applications__state=ApplicationState.SENT)),
        hired=Count("applications", filter=Q(applications__state=ApplicationState.HIRED)),
    ).order_by("-created_at", "-id")


def tabs(employer: Employer) -> dict[str, int]:
    """Return how many vacancies stand under each heading of the employer's page; one query."""
    rows = Vacancy.objects.filter(employer=employer).order_by()
    named = {name: Count("id", filter=condition) for name, condition in SHOWN.items()}
    return dict(rows.aggregate(all=Count("id"), **named))


SHOWN: dict[str, Q] = {
    "open": Q(state__in=(VacancyState.OPEN, VacancyState.PAUSED)),
    "draft": Q(state__in=(VacancyState.DRAFT, VacancyState.REVIEW)),
    "owed": Q(state__in=ENDED),
    "over": Q(state=VacancyState.REPORTED),
}


def owed(employer: Employer, now: datetime | None = None) -> list[Vacancy]:
    """Return the vacancies whose outcome is owed, the most urgent first."""
    rows = Vacancy.objects.filter(employer=employer, state__in=ENDED).defer("search")
    return list(rows.order_by("due_at", "pk"))


def vacancy(user: Any, reference: UUID) -> Vacancy | None:
    """Return a vacancy of an employer that the account acts for, or None."""
    rows = Vacancy.objects.filter(uuid=reference, employer__members__user=user.pk)
    rows = rows.select_related("employer", "area", "district")
    return rows.defer("search", "area__boundary", "district__boundary").first()


def readable(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Keep what an employer may read: nothing that was withdrawn, nothing while suspended."""
    rows = rows.exclude(state=ApplicationState.WITHDRAWN)
    return rows.exclude(vacancy__employer__state=EmployerState.SUSPENDED)


def applicants(vacancy: Vacancy, shown: str = "") -> QuerySet[Application]:
    """Return who applied, those who wait longest first. Who withdrew is named nowhere.

    Args:
        shown: a state of an application, else all.
    """
    rows = readable(Application.objects.filter(vacancy=vacancy))
    if shown in ApplicationState.values:
        rows = rows.filter(state=shown)
    rows = rows.select_related("seeker", "seeker__district").defer("seeker__district__boundary")
    return rows.order_by("created_at", "id")


def applicant_counts(vacancy: Vacancy) -> dict[str, int]:
    """Return how many applications are in each state; one query."""
    rows = Application.objects.filter(vacancy=vacancy).order_by()
    return dict(rows.values_list("state").annotate(Count("id")))


def application(user: Any, reference: UUID) -> Application | None:
    """Return an application to an employer the account acts for; None once it was withdrawn."""
    rows = Application.objects.filter(uuid=reference, vacancy__employer__members__user=user.pk)
    rows = readable(rows).select_related(
        "seeker", "seeker__district", "seeker__user", "vacancy", "vacancy__employer"
    )
    return rows.defer("seeker__district__boundary", "vacancy__search").first()


def late(vacancy: Vacancy, now: datetime | None = None) -> bool:
    """Tell whether the time for an outcome has run out."""
    return bool(
        vacancy.state in ENDED and vacancy.due_at and vacancy.due_at < (now or timezone.now())
    )
