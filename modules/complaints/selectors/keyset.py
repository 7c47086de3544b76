"""Reading a long list on from the last row seen: the thousandth page costs what the first does.

Counting rows to skip (OFFSET) grows with every page; here reading begins where the last page ended.
An order is cut into parts, so that each is one that an index gives, or short: open reports by their
deadline, then the rest by age. Parts are read in turn until there are enough rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

from modules.complaints.models import Complaint


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


def read(
    rows: QuerySet[Complaint],
    order: Sequence[Part],
    most: int,
    *,
    beyond: Place | None = None,
    backwards: bool = False,
) -> list[tuple[int, Complaint]]:
    """Return at most ``most`` rows with their part's number; a statement for each part it needs.

    Args:
        beyond: where to begin, without the row that stands there; at the end by default.
        backwards: read from there towards the beginning.
    """
    found: list[tuple[int, Complaint]] = []
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
