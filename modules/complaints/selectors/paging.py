"""Pages of the public list by the last row seen: the thousandth costs what the first does.

Counting rows to skip (OFFSET) grows with every page, and so does a count of all; here a page is
read from where the last one ended, and only one row more than it shows.
"""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from modules.complaints.models import Complaint
from modules.complaints.selectors import public

SIZE: Final = 20
KEYS: Final = ("followers", "created_at", "id")


class Row(Func):
    """ROW(a, b): compared like words in a dictionary, and from an index in one descent."""

    function = "ROW"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page; ``older`` and ``newer`` name where the next and previous ones begin."""

    object_list: list[Complaint]
    older: UUID | None = None
    newer: UUID | None = None

    def __iter__(self) -> Any:
        return iter(self.object_list)


def page(
    rows: QuerySet[Complaint],
    sort: str,
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
) -> Page:
    """Return a page of ``rows``, which are in the order ``sort``; one statement, then two.

    Args:
        after: the last report of the page before.
        before: the first report of the page after; only if there is no ``after``.
        size: how many rows a page shows.
    """
    known = after or before
    place = public.position(known) if known else None
    if place is None:  # the first page, or the report it began after is gone
        found = list(rows[: size + 1])
        return _page(found[:size], more=len(found) > size, earlier=False)
    backwards = after is None
    if backwards:
        found = list(_beyond(rows, sort, place, backwards=True).reverse()[: size + 1])
        return _page(found[:size][::-1], more=True, earlier=len(found) > size)
    found = list(_beyond(rows, sort, place, backwards=False)[: size + 1])
    return _page(found[:size], more=len(found) > size, earlier=True)


def _beyond(
    rows: QuerySet[Complaint], sort: str, place: tuple[Any, ...], *, backwards: bool
) -> QuerySet[Complaint]:
    order = public.ORDERS[sort]
    names = [name.lstrip("-") for name in order]
    values = dict(zip(KEYS, place, strict=True))
    here = Row(*(Value(values[name]) for name in names))
    falling = order[0].startswith("-")
    compare = GreaterThan if falling == backwards else LessThan
    return rows.filter(compare(Row(*(F(name) for name in names)), here))


def _page(found: list[Complaint], *, more: bool, earlier: bool) -> Page:
    if not found:
        return Page([])
    return Page(
        found,
        older=found[-1].uuid if more else None,
        newer=found[0].uuid if earlier else None,
    )
