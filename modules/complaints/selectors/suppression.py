"""Hide small counts in public so that nobody can be named by them, nor worked out from totals.

A count from 1 to k - 1 is hidden. Hiding it alone is not enough: total minus the rest tells it. So
further cells are hidden (complementary suppression) until, with everything that is shown, each
hidden small count could as well be k or more. Zeros are shown: they point at nobody. Sources:
Repsilber, hypercube method; Hundepool et al., "Statistical Disclosure Control" (2012), chapter 4.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

K = 5

Key = TypeVar("Key", bound=Hashable)
Cells = dict[tuple[Any, Any], int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its margins as it may be shown; None is hidden."""

    cells: Mapping[tuple[Any, Any], int | None]
    rows: Mapping[Any, int | None] = field(default_factory=dict)
    columns: Mapping[Any, int | None] = field(default_factory=dict)
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

    Cells that are missing count as zero. Margins are lists of their own: see :func:`suppress`.
    """
    cells = _complete(counts)
    hidden, open_rows = _rectangles(cells, k)
    whole = _whole_rows(cells, open_rows, k)
    if whole is None:  # one row, or rows that hide nothing: only the sum can be shown
        rows, columns = ({key[side]: None for key in cells} for side in (0, 1))
        every = sum(cells.values())
        return Table(dict.fromkeys(cells), rows, columns, every if every >= k else None)
    hidden |= {key for key in cells if key[0] in whole}
    return Table(
        {key: None if key in hidden else value for key, value in cells.items()},
        suppress(_sums(cells, 0), k),
        suppress(_sums(cells, 1), k),
        total(_sums(cells, 0), k),
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


def _rectangles(cells: Cells, k: int) -> tuple[set[tuple[Any, Any]], set[Any]]:
    """Return what to hide so that small cells stand in corners of hidden rectangles.

    In such a rectangle the small cell can grow to ``k`` while two corners give and the fourth
    takes the same: every margin stays, every corner stays at least 1.

    Returns:
        The hidden cells, and the rows with a small cell for which there is no rectangle.
    """
    small = [key for key, value in cells.items() if 0 < value < k]
    hidden, open_rows = set(small), set()
    for key in sorted(small, key=lambda key: cells[key]):
        corners = _best_corners(cells, key, k - cells[key], hidden)
        if corners is None:
            open_rows.add(key[0])
        else:
            hidden.update(corners)
    return hidden, open_rows


def _whole_rows(cells: Cells, open_rows: set[Any], k: int) -> set[Any] | None:
    """Return the rows to hide with their zeros: those, and the smallest others that they need.

    None when all rows together hide nothing.
    """
    sums = _sums(cells, 0)
    others = sorted((row for row in sums if row not in open_rows), key=lambda row: sums[row])
    rows = set(open_rows)
    while rows and not _rows_hide(cells, rows, k):
        if not others:
            return None
        rows.add(others.pop(0))
    return rows


def _rows_hide(cells: Cells, rows: set[Any], k: int) -> bool:
    """Tell whether each small cell of rows that are hidden whole could be 0, or ``k`` or more.

    Known are the sums of these rows and, from the columns' totals, their sums by column. The least
    a cell can be then is row + column - all, the most the smaller of the two (Frechet's bounds).
    """
    inside = {key: value for key, value in cells.items() if key[0] in rows}
    of_row, of_column, every = _sums(inside, 0), _sums(inside, 1), sum(inside.values())
    for (row, column), value in inside.items():
        most = min(of_row[row], of_column[column])
        least = of_row[row] + of_column[column] - every
        if 0 < value < k and most < k and least > 0:
            return False
    return len(rows) > 1


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


def _sums(cells: Cells, side: int) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for key, value in cells.items():
        sums[key[side]] = sums.get(key[side], 0) + value
    return sums
