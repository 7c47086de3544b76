"""What is asked, where, and what the state allows for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from modules.prices import conf, units
from modules.prices.models import Ceiling, Market, Variety


@dataclass(frozen=True, slots=True)
class Limit:
    """A ceiling in the variety's own unit, so that prices can be held against it."""

    ceiling: Ceiling
    low: int | None
    high: int

    def broken_by(self, price: int) -> bool:
        """Tell whether a price (rupiah, the variety's own unit) lies above."""
        return price > self.high


def varieties() -> list[Variety]:
    """Return the varieties that are asked, group by group (1 query)."""
    rows = Variety.objects.filter(active=True).select_related("group")
    return list(rows.order_by("group__position", "group_id", "position", "id"))


def markets() -> list[Market]:
    """Return the markets where prices are asked, in the region's order (1 query)."""
    return list(Market.objects.filter(active=True))


def limits(goods: Iterable[Variety], on: date) -> dict[int, Limit]:
    """Return the ceiling of each variety that has one on a day, by variety's pk (1 query).

    Of two decrees in force the later one counts. One for a unit that cannot be converted into
    the variety's own is left out rather than compared wrongly.
    """
    known = {variety.pk: variety for variety in goods}
    found: dict[int, Limit] = {}
    for row in in_force(on).filter(variety__in=known).order_by("starts", "id"):
        limit = as_limit(row, known[row.variety_id])
        if limit is not None:
            found[row.variety_id] = limit
    return found


def in_force(on: date) -> QuerySet[Ceiling]:
    """Return the ceilings of the region's zone on a day."""
    running = Q(ends__isnull=True) | Q(ends__gte=on)
    return Ceiling.objects.filter(running, zone=conf.current().zone, starts__lte=on)


def as_limit(ceiling: Ceiling, variety: Variety) -> Limit | None:
    """Return a ceiling in the variety's own unit; None when its unit cannot be converted."""
    high = units.in_own(ceiling.high, ceiling.unit, variety)
    if high is None:
        return None
    low = ceiling.low and units.in_own(ceiling.low, ceiling.unit, variety)
    return Limit(ceiling, low, high)


def coming(goods_: Iterable[Variety], today: date) -> list[Ceiling]:
    """Return the ceilings that begin after today, the next one first (1 query)."""
    rows = Ceiling.objects.filter(
        variety__in=[variety.pk for variety in goods_], zone=conf.current().zone, starts__gt=today
    )
    return list(rows.select_related("variety").order_by("starts", "id"))
