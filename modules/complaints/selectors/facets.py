"""How many public reports there are by status and kecamatan, for the list's tabs and its map.

One statement for all of it. From 5,000 reports on the answer may be a minute old; fewer are
counted afresh. For words only the newest 1,000 hits are counted: a page tells "more than 1,000".
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count

from balai.memo import memo
from modules.complaints.models import Complaint
from modules.complaints.selectors import public
from modules.complaints.selectors.public_filters import STATUS_FILTERS, Filters, to_query

SECONDS = 60
MANY = 5_000
MOST_HITS = 1_000


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of what fits the filters; ``capped`` when there are more than are counted."""

    total: int
    by_status: dict[str, int]
    by_district: dict[int, int]
    capped: bool = False


@dataclass(frozen=True, slots=True)
class _Cells:
    """Counts by kecamatan and state."""

    rows: tuple[tuple[int | None, str, int], ...]
    total: int


def facets(filters: Filters) -> Facets:
    """Return counts for a page of the list with these filters.

    A tab tells what it would show with the other filters as they are, and so does a kecamatan.
    """
    cells = _cells(filters.without("status", "district", "sort"))
    states, here = filters.states, filters.district

    def count(fits: Callable[[int | None, str], bool]) -> int:
        return sum(n for district, state, n in cells.rows if fits(district, state))

    def there(district: int | None) -> bool:
        return not here or district == here

    named = {
        name: count(lambda district, state, wanted=wanted: there(district) and state in wanted)  # type: ignore[misc]  # bound now, not later
        for name, wanted in STATUS_FILTERS.items()
    }
    return Facets(
        total=count(lambda district, state: there(district) and (not states or state in states)),
        by_status={"": count(lambda district, _state: there(district)), **named},
        by_district=_by_district(cells.rows, states),
        capped=cells.total > MOST_HITS and bool(filters.query),
    )


def _by_district(
    rows: Iterable[tuple[int | None, str, int]], states: tuple[str, ...] | None
) -> dict[int, int]:
    found: dict[int, int] = {}
    for district, state, n in rows:
        if district is not None and (states is None or state in states):
            found[district] = found.get(district, 0) + n
    return found


def _cells(filters: Filters) -> _Cells:
    name = hashlib.sha256(to_query(filters).encode()).hexdigest()[:32]
    key = f"complaints:facets:{name}"
    return memo(key, SECONDS, lambda: _count(filters), keep=lambda found: found.total >= MANY)


def _count(filters: Filters) -> _Cells:
    rows = public.listed(filters)
    if filters.query:
        newest = rows.order_by(*public.ORDERS["newest"]).values("pk")[: MOST_HITS + 1]
        rows = Complaint.objects.filter(pk__in=newest).order_by()
    found = tuple(rows.values_list("district_id", "state").annotate(n=Count("id")))
    return _Cells(found, sum(n for _district, _state, n in found))
