"""Watched prices: which there are, and what one is compared with."""

from uuid import UUID

from modules.prices.models import DayPrice, Watch


def by_uuid(uuids: list[UUID]) -> dict[UUID, Watch]:
    """Return watches with their variety and market (1 query)."""
    rows = Watch.objects.filter(uuid__in=uuids).select_related("variety", "market")
    return {row.uuid: row for row in rows}


def observed(row: DayPrice | None, market: int | None) -> int | None:
    """Return what was observed on a day in a market, or the city's mean; None where nothing was.

    A price that was carried forward is no news.
    """
    if row is None:
        return None
    if market is None:
        return row.mean if row.observed else None
    price, age = row.at(market) or (None, 1)
    return price if age == 0 else None
