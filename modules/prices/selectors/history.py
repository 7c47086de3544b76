"""A variety's course over time, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from modules.prices.models import Ceiling, DayPrice, Market, Publication, Variety
from modules.prices.selectors import published

PERIODS = (30, 90, 365)


@dataclass(frozen=True, slots=True)
class Course:
    """Day by day: the row of a published day, or None where the variety has no price."""

    days: Sequence[tuple[date, DayPrice | None]]

    @property
    def known(self) -> list[DayPrice]:
        """The days with a price."""
        return [row for _, row in self.days if row]


def course(variety: Variety, until: date, days: int) -> Course:
    """Return the course of the last ``days`` calendar days up to a published day (2 queries)."""
    since = until - timedelta(days=days - 1)
    rows = {row.date: row for row in published.course(variety, since=since, until=until)}
    told = Publication.objects.filter(date__gte=since, date__lte=until).order_by("date")
    dates = told.values_list("date", flat=True).distinct()
    return Course([(day, rows.get(day)) for day in dates])


def value(row: DayPrice | None, market: Market | None) -> tuple[int | None, int]:
    """Return (price, age) of a day's row in the city, or in a market."""
    if row is None:
        return None, 0
    if market is None:
        return row.mean, 0 if row.observed else min(age for _, age in row.markets.values())
    return row.at(market.pk) or (None, 0)


def decrees(variety: Variety, zone: str) -> list[Ceiling]:
    """Return a variety's ceilings in a zone, the latest first (1 query)."""
    return list(variety.ceilings.filter(zone=zone))
