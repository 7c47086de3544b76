"""The only thing other modules may import of this one."""

from dataclasses import dataclass
from datetime import date

from modules.prices.selectors.glance import glance


@dataclass(frozen=True, slots=True)
class PriceNow:
    """A food on the newest published day: integer rupiah for one ``unit``, the city's average.

    ``change`` is rupiah more or less than on the published day before; None without one.
    """

    slug: str
    name: str
    unit: str
    price: int
    change: int | None
    day: date


def today(limit: int = 8) -> list[PriceNow]:
    """Return a few foods of the region's basket as last published; none before the first day."""
    found = glance(limit)
    if found is None:
        return []
    return [
        PriceNow(
            slug=line.variety.slug,
            name=line.variety.label,
            unit=line.variety.unit,
            price=line.price,
            change=line.change,
            day=found.day.date,
        )
        for line in found.lines
        if line.price is not None
    ]
