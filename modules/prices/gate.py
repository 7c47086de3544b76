"""The gate a price must pass: far from the week's median or above the ceiling asks again."""

from statistics import median

from modules.prices.states import Flag
from modules.prices.units import rounded

LEAST, MOST = 100, 10_000_000
"""Rupiah for one unit. Below is a slip ("13" for 13,000), above as well; neither is a price."""
WEEK = 7
"""Days the median looks back (domain rule: 20 % of the 7-day median)."""


def middle(prices: list[int]) -> int | None:
    """Return the median of some prices in whole rupiah, or None of none."""
    return rounded(median(prices)) if prices else None


def flag(price: int, *, usual: int | None, ceiling: int | None, percent: int) -> str:
    """Return why a price must be typed again and explained, "" when it need not be.

    Args:
        price: integer rupiah.
        usual: the market's median of seven days; None when it is not known.
        ceiling: the most that is allowed, in the same unit; None without one.
        percent: how far from the median is still usual.
    """
    jumps = usual is not None and abs(price - usual) * 100 > percent * usual
    above = ceiling is not None and price > ceiling
    if jumps and above:
        return Flag.BOTH
    return Flag.JUMP if jumps else Flag.CEILING if above else ""
