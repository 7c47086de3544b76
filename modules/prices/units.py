"""Prices in another unit: oil is quoted by the kilogram here and by the litre there."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modules.prices.models import Variety


def rounded(value: Decimal | float) -> int:
    """Return whole rupiah, half up."""
    return int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP))


def in_other(price: int, variety: "Variety") -> int | None:
    """Return the price of one ``other_unit``, or None where the variety has none.

    Args:
        price: rupiah for one ``variety.unit``.
    """
    return rounded(price * variety.per_other) if variety.per_other else None


def in_own(price: int, unit: str, variety: "Variety") -> int | None:
    """Return a price for one ``unit`` as one for the variety's own unit.

    None when the two cannot be compared: a price by the bird says nothing of one by the kg.
    """
    if unit == variety.unit:
        return price
    if variety.per_other and unit == variety.other_unit:
        return rounded(Decimal(price) / variety.per_other)
    return None
