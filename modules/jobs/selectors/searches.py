"""Kept searches, and what is new for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.http import QueryDict

from modules.jobs.models import SavedSearch, Vacancy
from modules.jobs.selectors import public
from modules.jobs.selectors.filters import Filters, parse

SHOWN = 5


@dataclass(frozen=True, slots=True)
class News:
    """What came for a search since its owner was told last."""

    search: SavedSearch
    vacancies: list[Vacancy]
    count: int


def of_user(user: Any) -> list[SavedSearch]:
    """Return the account's searches, the newest first."""
    return list(SavedSearch.objects.filter(user=user.pk).order_by("-created_at", "-id"))


def one(user: Any, reference: UUID) -> SavedSearch | None:
    """Return one of the account's searches."""
    return SavedSearch.objects.filter(user=user.pk, uuid=reference).first()


def kept(user: Any, filters: Filters) -> SavedSearch | None:
    """Return the account's search that asks for just this, None without one."""
    if not user.is_authenticated:
        return None
    plain = filters.without("sort")
    return next((row for row in of_user(user) if asked(row.query) == plain), None)


def asked(query: str) -> Filters:
    """Return the filters that a stored search asks for."""
    return parse(QueryDict(query).dict())


def due(before: datetime) -> dict[str, datetime]:
    """Return each different search whose owners may be told, with the earliest last letter."""
    rows = _listening(before).values_list("query").annotate(Min("told_at")).order_by("query")
    return dict(rows)


def newest(query: str, since: datetime) -> datetime | None:
    """Return when the newest vacancy that fits was published, None if none is newer."""
    rows = _since(query, since)
    return rows.order_by("-published_at").values_list("published_at", flat=True).first()


def waiting_for(query: str, newest: datetime, before: datetime) -> set[int]:
    """Return the accounts that keep a search and have not been told of its newest vacancy."""
    rows = _listening(before).filter(query=query, told_at__lt=newest)
    return set(rows.values_list("user_id", flat=True))


def news(user: int) -> list[News]:
    """Return what is new for each of an account's searches; those without news are left out."""
    found = []
    for search in SavedSearch.objects.filter(user=user, notify=True).order_by("id"):
        rows = _since(search.query, search.told_at)
        newest_first = rows.order_by("-published_at", "-id")
        shown = list(newest_first[:SHOWN])
        if shown:
            found.append(News(search, shown, rows.order_by().count()))
    return found


def _since(query: str, moment: datetime) -> QuerySet[Vacancy]:
    """Return what was published later; nobody is written to about samples."""
    return public.vacancies(asked(query)).filter(published_at__gt=moment, sample=False)


def _listening(before: datetime) -> Any:
    return SavedSearch.objects.filter(
        notify=True, told_at__lte=before, user__is_active=True
    )  # fmt: skip
