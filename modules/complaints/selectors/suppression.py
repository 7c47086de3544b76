"""Small counts are not told: "one report on bribery in this kelurahan" may name its reporter.

Beside the small ones (k >= 5 is the usual rule of statistical offices) a second one of a row or
column is kept back where a single gap could be worked out from the total.
"""

from collections.abc import Mapping
from typing import Final, TypeVar

K: Final = 5

Key = TypeVar("Key")


def suppress(counts: Mapping[Key, int], k: int = K) -> dict[Key, int | None]:
    """Return the counts with None in place of each from 1 to ``k`` - 1; zero is told.

    Args:
        counts: by anything; pairs are taken for (row, column) of a table whose totals are told.
        k: the smallest count that is told.
    """
    hidden = {key for key, n in counts.items() if 0 < n < k}
    while more := _worked_out(counts, hidden):
        hidden |= more
    return {key: None if key in hidden else n for key, n in counts.items()}


def _worked_out(counts: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """Return what must be hidden, too: the smallest beside a gap that stands alone in its line."""
    for side in (0, 1):
        lines: dict[object, list[Key]] = {}
        for key, n in counts.items():
            if isinstance(key, tuple) and len(key) == 2 and n:
                lines.setdefault(key[side], []).append(key)
        for line in lines.values():
            gaps = [key for key in line if key in hidden]
            rest = [key for key in line if key not in hidden]
            if len(gaps) == 1 and rest:
                return {min(rest, key=lambda key: (counts[key], str(key)))}
    return set()
