"""Where each tile of a tile map goes: near its area's true place, or by the alphabet."""

import math
from collections.abc import Sequence
from typing import Final

SIDE: Final = 104
STEP: Final = 112
LONGEST_LINE: Final = 13

Centre = tuple[float, float]
Named = Sequence[tuple[str, Centre | None]]
Cell = tuple[int, int]


def arrange(areas: Named) -> list[Cell]:
    """Return a (column, row) for each area, in the order given; no two share a cell.

    With all centres (latitude, longitude) known, the areas keep their order from north to south
    and from west to east as far as a grid allows; else they stand in rows by the alphabet.
    """
    columns = _columns(len(areas))
    if areas and all(centre for _, centre in areas):
        return _by_place([centre for _, centre in areas if centre], columns)
    order = sorted(range(len(areas)), key=lambda at: areas[at][0].casefold())
    cells = {at: (place % columns, place // columns) for place, at in enumerate(order)}
    return [cells[at] for at in range(len(areas))]


def view_box(count: int, areas: Named) -> str:
    """Return the SVG view box around all tiles."""
    cells = arrange(areas) if count else [(0, 0)]
    wide = (max(column for column, _ in cells) + 1) * STEP
    tall = (max(row for _, row in cells) + 1) * STEP
    return f"-4 -4 {wide} {tall}"


def wrapped(name: str) -> list[str]:
    """Break a name into at most two lines that fit a tile; the rest is cut with an ellipsis."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    return [line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…" for line in lines]


def _by_place(centres: Sequence[Centre], columns: int) -> list[Cell]:
    """Put each centre into the free cell nearest to it; the most crowded outskirts go first."""
    rows = math.ceil(len(centres) / columns) + 1
    south, north = min(lat for lat, _ in centres), max(lat for lat, _ in centres)
    west, east = min(lng for _, lng in centres), max(lng for _, lng in centres)
    wanted = [
        ((lng - west) / ((east - west) or 1) * (columns - 1),
         (north - lat) / ((north - south) or 1) * (rows - 1))
        for lat, lng in centres
    ]  # fmt: skip
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    order = sorted(range(len(centres)), key=lambda at: -math.dist(wanted[at], middle))
    free = {(column, row) for column in range(columns) for row in range(rows)}
    cells: dict[int, Cell] = {}
    for at in order:
        cells[at] = min(free, key=lambda cell: (math.dist(cell, wanted[at]), cell))
        free.remove(cells[at])
    top = min(row for _, row in cells.values())
    return [(cells[at][0], cells[at][1] - top) for at in range(len(centres))]


def _columns(count: int) -> int:
    return max(1, math.ceil(math.sqrt(count * 1.25)))
