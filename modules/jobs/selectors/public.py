"""What anybody may read: vacancies that are open today, of employers who are not suspended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Q,
    QuerySet,
    When,
)
from django.utils import timezone

from balai import fulltext, keyset
from balai.directory.models import Area
from modules.jobs.choices import Workplace, suffices_for
from modules.jobs.models import Vacancy
from modules.jobs.selectors.filters import Filters
from modules.jobs.states import EmployerState, VacancyState

SIZE: Final = 20
ORDERS: Final = {
    "newest": ("-published_at", "-id"),
    "pay": ("-pay_monthly", "-id"),
    "closing": ("valid_until", "id"),
}
UNSHOWN: Final = ("search", "history", "flags", "area__boundary", "district__boundary",
                  "employer__history", "employer__npwp")  # fmt: skip


def is_shown(now: datetime | None = None) -> Q:
    """Return the condition for what everybody may read and apply for."""
    return Q(state=VacancyState.OPEN, valid_until__gte=timezone.localdate(now)) & ~Q(
        employer__state=EmployerState.SUSPENDED
    )


def vacancies(filters: Filters | None = None) -> QuerySet[Vacancy]:
    """Return what fits, in the order asked for, with what a row shows."""
    filters = filters or Filters()
    rows = _narrow(Vacancy.objects.filter(is_shown()), filters)
    rows = rows.select_related("employer", "area", "district").defer(*UNSHOWN)
    return rows.order_by(*ORDERS[filters.sort])


def find(reference: UUID) -> Vacancy | None:
    """Return one vacancy in any state, with what its page shows; who may see it asks the caller."""
    rows = Vacancy.objects.select_related("employer", "area", "district")
    return rows.defer("search", "area__boundary", "district__boundary").filter(
        uuid=reference
    ).first()  # fmt: skip


def by_district(filters: Filters) -> dict[int | None, int]:
    """Return how many that fit lie in each kecamatan, under None those without; one query."""
    rows = _narrow(Vacancy.objects.filter(is_shown()), filters.without("district")).order_by()
    return dict(rows.values_list("district_id").annotate(Count("id")))


def total(filters: Filters, counts: Mapping[int | None, int]) -> int:
    """Return how many fit, from what :func:`by_district` has counted."""
    return counts.get(filters.district, 0) if filters.district else sum(counts.values())


def page(
    filters: Filters,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
    samples: bool = True,
) -> keyset.Page[Vacancy]:
    """Return a page by the last row seen: the hundredth costs what the first does.

    Args:
        after: the last vacancy of the page before.
        before: the first vacancy of the page after; only if there is no ``after``.
        samples: list sample vacancies, too.
    """
    rows, order = vacancies(filters), ORDERS[filters.sort]
    rows = rows if samples else rows.filter(sample=False)
    return keyset.page(rows, order, after=after, before=before, size=size)


def for_sitemap(limit: int = 50_000) -> list[tuple[UUID, datetime]]:
    """Return uuid and moment of publication of what is open; a sitemap holds 50,000 at most."""
    rows = Vacancy.objects.filter(is_shown(), sample=False).exclude(published_at=None)
    found = rows.order_by("-published_at").values_list("uuid", "published_at")[:limit]
    return [(uuid, published) for uuid, published in found if published is not None]


def similar(vacancy: Vacancy, limit: int = 4) -> list[Vacancy]:
    """Return open vacancies of the same occupation, those in the same kecamatan first."""
    rows = vacancies().filter(occupation=vacancy.occupation).exclude(pk=vacancy.pk)
    near = Q(district=vacancy.district_id) if vacancy.district_id else Q(pk=None)
    first = Case(When(near, then=1), default=0, output_field=IntegerField())
    return list(rows.annotate(near=first).order_by("-near", "-published_at")[:limit])


def districts() -> list[Area]:
    """Return the region's kecamatan by name."""
    rows = Area.objects.filter(kind=Area.Kind.DISTRICT).defer("boundary")
    return list(rows.order_by("name"))


def _narrow(rows: QuerySet[Vacancy], filters: Filters) -> QuerySet[Vacancy]:
    exact = {"district": filters.district, "occupation": filters.occupation, "type": filters.type}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if filters.education:
        rows = rows.filter(education__lte=suffices_for(filters.education))
    if filters.pay:
        rows = rows.filter(pay_monthly__gte=filters.pay)
    if filters.disability:
        rows = rows.filter(disability_welcome=True)
    if filters.remote:
        rows = rows.exclude(workplace=Workplace.ONSITE)
    return rows.filter(words(filters.query)) if filters.query else rows


def words(query: str) -> Q:
    """Return the condition for a search: a vacancy's number, or every word somewhere in it."""
    bare = query.strip().upper()
    return Q(number=bare) if bare.startswith("LK-") else fulltext.matching(query)
