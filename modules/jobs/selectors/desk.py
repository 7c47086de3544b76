"""What the manpower office reads: who and what waits, by when."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from modules.jobs.models import Application, Card, Employer, Vacancy
from modules.jobs.states import (
    ENDED,
    LIVE,
    ApplicationState,
    CardState,
    EmployerState,
    VacancyState,
)

EMPLOYERS: dict[str, Q] = {
    "pending": Q(state=EmployerState.PENDING),
    "returned": Q(state=EmployerState.RETURNED),
    "verified": Q(state=EmployerState.VERIFIED),
    "suspended": Q(state=EmployerState.SUSPENDED),
}
VACANCIES: dict[str, Q] = {
    "review": Q(state=VacancyState.REVIEW),
    "flagged": Q(state=VacancyState.REVIEW) & ~Q(flags=[]),
    "open": Q(state__in=LIVE),
    "owed": Q(state__in=ENDED),
    "reported": Q(state=VacancyState.REPORTED),
}
"""Drafts are the employer's own and no officer's business."""


def employers(tab: str, query: str = "") -> QuerySet[Employer]:
    """Return employers under a tab, the most urgent first, then the newest."""
    rows = Employer.objects.filter(EMPLOYERS[tab])
    for word in query.replace("\0", "").split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(nib__startswith=word))
    rows = rows.select_related("district").defer("district__boundary", "history", "npwp")
    return rows.order_by(F("due_at").asc(nulls_last=True), "-created_at", "-id")


def employer_counts() -> dict[str, int]:
    """Return how many employers stand under each tab; one query."""
    named = {name: Count("id", filter=condition) for name, condition in EMPLOYERS.items()}
    return dict(Employer.objects.aggregate(**named))


def employer(reference: UUID) -> Employer | None:
    """Return one employer with all that an officer checks."""
    rows = Employer.objects.filter(uuid=reference).select_related("district")
    return rows.defer("district__boundary").first()


def same_name(employer: Employer) -> list[Employer]:
    """Return other employers of the same name: a second registration, or somebody else's name."""
    rows = Employer.objects.filter(name__iexact=employer.name).exclude(pk=employer.pk)
    return list(rows.order_by("created_at")[:5])


def vacancies(tab: str, query: str = "") -> QuerySet[Vacancy]:
    """Return vacancies under a tab, the most urgent first, then the newest."""
    rows = Vacancy.objects.filter(VACANCIES[tab])
    for word in query.replace("\0", "").split()[:5]:
        rows = rows.filter(
            Q(title__icontains=word) | Q(employer__name__icontains=word) | Q(number__iexact=word)
        )
    rows = rows.select_related("employer", "district")
    rows = rows.defer("district__boundary", "search", "history", "description")
    return rows.order_by(F("due_at").asc(nulls_last=True), "-created_at", "-id")


def vacancy_counts() -> dict[str, int]:
    """Return how many vacancies stand under each tab; one query."""
    named = {name: Count("id", filter=condition) for name, condition in VACANCIES.items()}
    return dict(Vacancy.objects.aggregate(**named))


def vacancy(reference: UUID) -> Vacancy | None:
    """Return one vacancy that is not a draft."""
    rows = Vacancy.objects.filter(uuid=reference).exclude(state=VacancyState.DRAFT)
    rows = rows.select_related("employer", "area", "district")
    return rows.defer("search", "area__boundary", "district__boundary").first()


def is_draft(reference: UUID) -> bool:
    """Tell whether a vacancy is, or is again, its employer's own."""
    return Vacancy.objects.filter(uuid=reference, state=VacancyState.DRAFT).exists()


def placed(vacancy: Vacancy) -> int:
    """Return how many applicants of a vacancy were hired."""
    return Application.objects.filter(vacancy=vacancy, state=ApplicationState.HIRED).count()


def clean_in_review(references: list[UUID]) -> list[Vacancy]:
    """Return those of some vacancies that wait for review without a flag: safe in bulk."""
    rows = Vacancy.objects.filter(VACANCIES["review"], uuid__in=references, flags=[])
    return list(rows.select_related("employer").defer("search").order_by("pk"))


def waiting(now: datetime) -> dict[str, int]:
    """Return what waits for the office and what is late; three queries."""
    pending = Employer.objects.filter(state=EmployerState.PENDING)
    review = Vacancy.objects.filter(state=VacancyState.REVIEW)
    late = Count("id", filter=Q(due_at__lt=now))
    asked = Card.objects.filter(state__in=(CardState.APPLIED, CardState.CHECKED))
    first, second, third = (
        rows.aggregate(all=Count("id"), late=late) for rows in (pending, review, asked)
    )
    return {
        "employers": first["all"],
        "vacancies": second["all"],
        "cards": third["all"],
        "late": first["late"] + second["late"] + third["late"],
    }
