"""Hide small counts in public so that nobody can be named by them, nor worked out from totals.

A count from 1 to k - 1 is hidden. Hiding it alone is not enough: total minus the rest tells it. So
further cells are hidden (complementary suppression) until, with everything that is shown, each
hidden small count could as well be k or more. Zeros are shown: they point at nobody. Sources:
Repsilber, hypercube method; Hundepool et al., "Statistical Disclosure Control" (2012), chapter 4.
"""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

K = 5

Key = TypeVar("Key", bound=Hashable)
Cells = dict[tuple[Any, Any], int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its margins as it may be shown; None is hidden."""

    cells: dict[tuple[Any, Any], int | None]
    rows: dict[Any, int | None] = field(default_factory=dict)
    columns: dict[Any, int | None] = field(default_factory=dict)
    total: int | None = None


def suppress(counts: Mapping[Key, int], k: int = K) -> dict[Key, int | None]:
    """Return the counts as they may be shown beside their total; None is hidden.

    Args:
        counts: a list of counts; with keys (area, kind) a table, shown with the totals of
            :func:`table`.
        k: the smallest count from one to which a person is safe.

    The total may be shown if :func:`total` says so.
    """
    if counts and all(isinstance(key, tuple) and len(key) == 2 for key in counts):
        cells = table(cast("Mapping[tuple[Any, Any], int]", counts), k).cells
        return cast("dict[Key, int | None]", cells)
    hidden = _hidden(counts, k)
    return {key: None if key in hidden else value for key, value in counts.items()}


def total(counts: Mapping[Any, int], k: int = K) -> int | None:
    """Return the sum of ``counts``, or None where it would tell what :func:`suppress` hides."""
    hidden = _hidden(counts, k)
    safe = not hidden or _hides([counts[key] for key in hidden], k)
    return sum(counts.values()) if safe else None


def table(counts: Mapping[tuple[Any, Any], int], k: int = K) -> Table:
    """Return a table of counts by (row, column) that may be shown with its margins.

    Cells that are missing count as zero. Where no rectangle of the table protects a small cell, the
    totals of rows and columns are hidden, too; then only the grand total stands beside the cells.
    """
    cells = _complete(counts)
    hidden = _rectangles(cells, k)
    if hidden is None:
        flat = suppress(dict(_renamed(cells)), k)
        shown = {key: flat[str(key)] for key in cells}
        rows, columns = ({key[side]: None for key in cells} for side in (0, 1))
        return Table(shown, rows, columns, total({str(key): n for key, n in cells.items()}, k))
    return Table(
        {key: None if key in hidden else value for key, value in cells.items()},
        _sums(cells, 0),
        _sums(cells, 1),
        sum(cells.values()),
    )


def _hidden(counts: Mapping[Any, int], k: int) -> set[Any]:
    """Return what to hide in a list: small counts, then the smallest others until they are safe."""
    hidden = {key for key, value in counts.items() if 0 < value < k}
    others = sorted((key for key in counts if counts[key] >= k), key=lambda key: counts[key])
    while hidden and others and not _hides([counts[key] for key in hidden], k):
        hidden.add(others.pop(0))
    return hidden


def _hides(values: list[int], k: int) -> bool:
    """Tell whether each of these hidden counts, of a known sum, could be ``k`` or more.

    Everybody knows that each is at least 1; so the most that one of them can be is the sum
    without 1 for each other.
    """
    return len(values) > 1 and sum(values) - (len(values) - 1) >= k


def _rectangles(cells: Cells, k: int) -> set[tuple[Any, Any]] | None:
    """Return what to hide so that each small cell stands in a corner of a hidden rectangle.

    In such a rectangle the small cell can grow to ``k`` while two corners give and the fourth
    takes the same: every margin stays, every corner stays at least 1. None: one cannot be found.
    """
    small = [key for key, value in cells.items() if 0 < value < k]
    hidden = set(small)
    for key in sorted(small, key=lambda key: cells[key]):
        corners = _best_corners(cells, key, k - cells[key], hidden)
        if corners is None:
            return None
        hidden.update(corners)
    return hidden


def _best_corners(
    cells: Cells, key: tuple[Any, Any], growth: int, hidden: set[tuple[Any, Any]]
) -> tuple[tuple[Any, Any], ...] | None:
    """Return the other three corners that hide as little more as possible."""
    row, column = key
    found = []
    for other_row, other_column in cells:
        if other_row == row or other_column == column or not cells[other_row, other_column]:
            continue
        corners = ((row, other_column), (other_row, column), (other_row, other_column))
        if min(cells[corners[0]], cells[corners[1]]) - growth >= 1:
            fresh = [corner for corner in corners if corner not in hidden]
            found.append((len(fresh), sum(cells[corner] for corner in fresh), corners))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _complete(counts: Mapping[tuple[Any, Any], int]) -> Cells:
    rows = dict.fromkeys(row for row, _column in counts)
    columns = dict.fromkeys(column for _row, column in counts)
    return {(row, column): counts.get((row, column), 0) for row in rows for column in columns}


def _renamed(cells: Cells) -> Iterator[tuple[str, int]]:
    """Yield the cells under plain names, so that they count as a list."""
    for key, value in cells.items():
        yield str(key), value


def _sums(cells: Cells, side: int) -> dict[Any, int | None]:
    sums: dict[Any, int | None] = {}
    for key, value in cells.items():
        sums[key[side]] = (sums.get(key[side]) or 0) + value
    return sums
