"""Pages of a list by the last row seen: the thousandth costs what the first does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from modules.news.models import Article

SIZE: Final = 12
KEYS: Final = ("publish_at", "id")


class Row(Func):
    """ROW(a, b): compared like words in a dictionary, and from an index in one descent."""

    function = "ROW"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page; ``older`` and ``newer`` name where the next and previous ones begin."""

    rows: list[Article] = field(default_factory=list)
    older: UUID | None = None
    newer: UUID | None = None

    def __iter__(self) -> Iterator[Article]:
        return iter(self.rows)


def page(
    rows: QuerySet[Article],
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int = SIZE,
) -> Page:
    """Return a page of ``rows``, which are the newest first.

    Args:
        after: the last article of the page before.
        before: the first article of the page after; only if there is no ``after``.
        size: how many rows a page shows.
    """
    known = after or before
    place = Article.objects.filter(uuid=known).values_list(*KEYS).first() if known else None
    if place is None or place[0] is None:  # the first page, or where it began is gone
        found = list(rows[: size + 1])
        return _page(found[:size], more=len(found) > size, earlier=False)
    here, mine = Row(*(Value(value) for value in place)), Row(*(F(name) for name in KEYS))
    if after is None:
        found = list(rows.filter(GreaterThan(mine, here)).reverse()[: size + 1])
        return _page(found[:size][::-1], more=True, earlier=len(found) > size)
    found = list(rows.filter(LessThan(mine, here))[: size + 1])
    return _page(found[:size], more=len(found) > size, earlier=True)


def _page(found: list[Article], *, more: bool, earlier: bool) -> Page:
    if not found:
        return Page()
    return Page(
        found,
        older=found[-1].uuid if more else None,
        newer=found[0].uuid if earlier else None,
    )
