"""Reading a long list on from the last row seen: the thousandth page costs what the first does.

Counting rows to skip (OFFSET) grows with every page; here reading begins where the last page ended.
An order may be cut into parts, so that each is one that an index gives, or short: open cases by
their deadline, then the rest by age. Parts are read in turn until there are enough rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

M = TypeVar("M", bound=Model)


class Row(Func):
    """ROW(a, b): compared like words in a dictionary, and from an index in one descent."""

    function = "ROW"
    output_field = BooleanField()


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of an order that ``holds`` keeps, by ``keys`` ("-created_at" falls).

    No row lies in two parts, and none of a part has no value for a key.
    """

    keys: tuple[str, ...]
    holds: Q = Q()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys without their direction."""
        return tuple(key.lstrip("-") for key in self.keys)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in an order: its part's number and its values of that part's keys."""

    part: int
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """The rows of a page; ``older`` and ``newer`` name where the next and previous ones begin."""

    object_list: list[M] = field(default_factory=list)
    older: UUID | None = None
    newer: UUID | None = None

    def __iter__(self) -> Iterator[M]:
        return iter(self.object_list)


def page(
    rows: QuerySet[M],
    keys: tuple[str, ...],
    *,
    after: UUID | None = None,
    before: UUID | None = None,
    size: int,
) -> Page[M]:
    """Return a page of ``rows`` by ``keys``, all of one direction; a statement, then two.

    Args:
        after: the uuid of the last row of the page before.
        before: that of the first row of the page after; only if there is no ``after``.
        size: how many rows a page shows.

    A row that is gone, or has no value for a key, leads to the first page.
    """
    order, known = (Part(keys),), after or before
    place = _place(rows, order[0], known) if known else None
    backwards = place is not None and after is None
    read_on = read(rows, order, size + 1, beyond=place, backwards=backwards)
    found, more = [row for _, row in read_on[:size]], len(read_on) > size
    if backwards:
        return _page(found[::-1], more=True, earlier=more)
    return _page(found, more=more, earlier=place is not None)


def read(
    rows: QuerySet[M],
    order: Sequence[Part],
    most: int,
    *,
    beyond: Place | None = None,
    backwards: bool = False,
) -> list[tuple[int, M]]:
    """Return at most ``most`` rows with their part's number; a statement for each part it needs.

    Args:
        beyond: where to begin, without the row that stands there; at the end by default.
        backwards: read from there towards the beginning.
    """
    found: list[tuple[int, M]] = []
    for number in _parts(len(order), beyond, backwards=backwards):
        part = order[number]
        here = rows.filter(part.holds).order_by(*part.keys)
        if beyond is not None and number == beyond.part:
            here = here.filter(_past(part, beyond.values, backwards=backwards))
        here = here.reverse() if backwards else here
        found += [(number, row) for row in here[: most - len(found)]]
        if len(found) == most:
            break
    return found


def _parts(count: int, beyond: Place | None, *, backwards: bool) -> Iterator[int]:
    """Yield the numbers of the parts that lie ahead, the nearest first."""
    if backwards:
        yield from range(beyond.part if beyond else count - 1, -1, -1)
    else:
        yield from range(beyond.part if beyond else 0, count)


def _past(part: Part, values: tuple[Any, ...], *, backwards: bool) -> Q:
    """Return what comes after the values: keys of one direction are compared as one row."""
    pairs = list(zip(part.keys, values, strict=True))
    groups = [list(group) for _, group in groupby(pairs, lambda pair: pair[0].startswith("-"))]
    found = Q()
    for group in reversed(groups):
        same = Q(**{key.lstrip("-"): value for key, value in group})
        further = Q(_further(group, backwards=backwards))
        found = further | (same & found) if found else further
    return found


def _further(group: list[tuple[str, Any]], *, backwards: bool) -> GreaterThan | LessThan:
    falling = group[0][0].startswith("-")
    compare = GreaterThan if falling == backwards else LessThan
    return compare(
        Row(*(F(key.lstrip("-")) for key, _ in group)), Row(*(Value(value) for _, value in group))
    )


def _place(rows: QuerySet[M], part: Part, known: UUID) -> Place | None:
    """Return where a row stands, whether or not it still fits; None when it is gone."""
    every = rows.model._default_manager.filter(uuid=known)
    values = every.values_list(*part.names).first()
    return None if values is None or None in values else Place(0, values)


def _page(found: list[M], *, more: bool, earlier: bool) -> Page[M]:
    if not found:
        return Page()
    return Page(
        found,
        older=found[-1].uuid if more else None,  # type: ignore[attr-defined]  # such rows have one
        newer=found[0].uuid if earlier else None,  # type: ignore[attr-defined]  # as above
    )
