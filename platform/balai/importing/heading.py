"""Find the heading of a table, and which of its columns is which of the importer's."""

from collections.abc import Sequence
from itertools import zip_longest

from balai.importing.columns import Column
from balai.importing.parsing import plain

LOOKED_AT = 10


def find(rows: Sequence[tuple[int, list[str]]], columns: Sequence[Column]) -> int:
    """Return the place of the heading among the first rows: where most names are known.

    Exports begin with titles and dates; the first row with two cells is taken if no name is known.
    """
    known = {name for column in columns for name in names(column)}
    head = rows[:LOOKED_AT]
    hits = [sum(plain(cell) in known for cell in cells if cell) for _number, cells in head]
    if hits and max(hits) > 0:
        return hits.index(max(hits))
    wide = (at for at, (_n, cells) in enumerate(head) if sum(map(bool, cells)) > 1)
    return next(wide, 0)


def joined(
    rows: Sequence[tuple[int, list[str]]], at: int, columns: Sequence[Column]
) -> tuple[int, list[str]]:
    """Return the place of the heading's last row and its names; two rows become one.

    Where "Price" is merged over the names of places, the lower row's name counts and the upper
    one's stands where there is none. A second row has two names at least and nothing else.
    """
    known = {name for column in columns for name in names(column)}
    for upper in (at, at - 1):
        if upper < 0 or upper + 1 >= len(rows):
            continue
        above, below = rows[upper][1], rows[upper + 1][1]
        told = [plain(cell) in known for cell in below if cell]
        if len(told) < 2 or not all(told) or not any(plain(cell) in known for cell in above):
            continue
        pairs = zip_longest(above, below, fillvalue="")
        return upper + 1, [lower or higher for higher, lower in pairs]
    return at, rows[at][1]


def mapping(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Return {column name: place in the file} for what is recognised; no place is used twice."""
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        places.setdefault(plain(heading), place)
    places.pop("", None)
    found: dict[str, int] = {}
    for column in columns:
        hits = [places[name] for name in names(column) if name in places]
        if hits and hits[0] not in found.values():
            found[column.name] = hits[0]
    return found


def names(column: Column) -> list[str]:
    """Return the spellings a column is recognised by."""
    from django.utils.translation import override

    labels = []
    for language in ("id", "en"):
        with override(language):
            labels.append(str(column.label))
    return [plain(name) for name in (*labels, column.name, *column.aliases)]


def titled(headings: Sequence[str]) -> list[str]:
    """Return headings cut to a length that fits a page; "" where a column has none."""
    return [" ".join(heading.split())[:80] for heading in headings]
