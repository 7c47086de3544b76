"""What a seeker reads: their profile and applications."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from modules.jobs.models import Application, Seeker, Vacancy
from modules.jobs.selectors import employers
from modules.jobs.states import UNDECIDED, ApplicationState

SHOWN: dict[str, Q] = {
    "open": Q(state__in=UNDECIDED),
    "yours": Q(state=ApplicationState.OFFERED)
    | Q(state=ApplicationState.INTERVIEW, interview_at=None),
    "over": ~Q(state__in=UNDECIDED),
}
_UNREAD = ("vacancy__search", "vacancy__description", "vacancy__requirements")


def profile(user: Any) -> Seeker | None:
    """Return the account's profile, None before the first."""
    rows = Seeker.objects.filter(user=user.pk).select_related("district", "user")
    return rows.defer("district__boundary").first()


def applications(user: Any, shown: str = "") -> QuerySet[Application]:
    """Return the account's applications, the latest news first."""
    rows = Application.objects.filter(seeker__user=user.pk)
    if shown in SHOWN:
        rows = rows.filter(SHOWN[shown])
    rows = rows.select_related("vacancy", "vacancy__employer").defer(*_UNREAD)
    return rows.order_by("-moved_at", "-id")


def totals(user: Any) -> dict[str, int]:
    """Return how many there are in all, and under each key of :data:`SHOWN`; one query."""
    rows = Application.objects.filter(seeker__user=user.pk).order_by()
    named = {name: Count("id", filter=condition) for name, condition in SHOWN.items()}
    return dict(rows.aggregate(all=Count("id"), **named))


def application(user: Any, reference: UUID) -> Application | None:
    """Return one of the account's applications."""
    rows = Application.objects.filter(uuid=reference, seeker__user=user.pk)
    return rows.select_related(
        "vacancy", "vacancy__employer", "vacancy__area", "vacancy__district", "seeker"
    ).first()


def applied(user: Any, vacancy: Vacancy) -> Application | None:
    """Return the account's application for a vacancy, withdrawn ones too."""
    if not user.is_authenticated:
        return None
    return Application.objects.filter(vacancy=vacancy, seeker__user=user.pk).first()


def by_cv(key: UUID) -> Seeker | None:
    """Return whose CV it is."""
    return Seeker.objects.filter(cv_key=key).first()


def shares_cv_with(user: Any, seeker: Seeker) -> bool:
    """Tell whether the account acts for somebody to whom the seeker applies or applied."""
    rows = Application.objects.filter(seeker=seeker, vacancy__employer__members__user=user.pk)
    return bool(employers.readable(rows).exists())
