"""One line of the bench table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured figure, what is demanded of it, and whether it holds.

    ``value`` is text with its unit, "1.08x" or "210 ms"; an empty demand means it is only shown.
    """

    name: str
    value: str
    demand: str = ""
    ok: bool = True
