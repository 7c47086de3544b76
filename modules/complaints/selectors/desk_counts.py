"""How many reports lie behind the inbox's tabs, counted no further than a page tells: "1,000+".

A count of all grows with the city's years; up to :data:`MOST` it is exact, and always fresh.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import IntegerField, Q, QuerySet, Subquery

from balai.accounts.models import User
from modules.complaints import rights
from modules.complaints.models import Complaint, SavedFilter
from modules.complaints.selectors.desk_filters import (
    Filters,
    condition,
    parse_query,
    tab_conditions,
)

MOST: Final = 1_000
"""One more means "more than that"."""


class _Counted(Subquery):
    """(SELECT COUNT(*) FROM (rows)): a count that ends where its rows are limited."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers up to ``MOST + 1``: by quick filter, by saved filter, and of one list."""

    tabs: dict[str, int]
    saved: list[tuple[SavedFilter, int]]
    listed: int | None = None


def counts(
    user: Any, now: datetime, saved: Iterable[SavedFilter] = (), *, listed: Filters | None = None
) -> Counts:
    """Return how many reports each quick filter, each saved one and ``listed`` hold; one query."""
    saved = list(saved)
    tabs = tab_conditions(user, now)
    wanted = dict(tabs)
    for at, row in enumerate(saved):
        wanted[f"saved_{at}"] = condition(user, parse_query(row.query), now)
    if listed is not None:
        wanted["listed"] = condition(user, listed, now)
    found = _count(user, wanted)
    return Counts(
        tabs={name: found[name] for name in tabs},
        saved=[(row, found[f"saved_{at}"]) for at, row in enumerate(saved)],
        listed=found.get("listed"),
    )


def _count(user: Any, wanted: Mapping[str, Q]) -> dict[str, int]:
    reach: QuerySet[Complaint] = rights.within_reach(Complaint.objects.all(), user).order_by()
    limited = {name: reach.filter(when).values("pk")[: MOST + 1] for name, when in wanted.items()}
    one = User.objects.filter(pk=user.pk)  # a statement needs a row to hang its counts on
    counted = {name: _Counted(rows) for name, rows in limited.items()}
    [found] = one.values_list(*counted.values())
    return dict(zip(counted, found, strict=True))
