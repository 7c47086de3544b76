"""From the day's quotes to what is published: means, ends, and old prices that stand in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from modules.prices import conf, units
from modules.prices.models import DayPrice, Publication, Quote, Round
from modules.prices.selectors import goods, published
from modules.prices.states import Seen

Place = tuple[int, int]
"""(variety, market), by pk."""


def figures(day: date, rounds: Sequence[Round], last: Publication | None = None) -> list[DayPrice]:
    """Return the unsaved rows of a day, one a variety that was observed or carried forward.

    A market's price is the mean of its traders', rounded half up; the city's is the mean of its
    markets'. A market without one takes its price of the published day before, a day older,
    up to the region's ``carry_days``: leaving it out would move the mean though no price moved.

    Args:
        last: the day's revision so far. Goods and markets that rest by now stay in the next one.
    """
    earlier = published.newest(conf.current().carry_days, until=day - timedelta(days=1))
    asked = _asked(rounds, [one.date for one in earlier])
    there = {*_expected(rounds, last), *asked}
    told = {**_carried(earlier), **asked}
    places: dict[int, dict[int, tuple[int, int]]] = {}
    for variety, market in sorted(there & told.keys()):
        places.setdefault(variety, {})[market] = told[variety, market]
    return [_row(day, variety, found) for variety, found in places.items()]


def _expected(rounds: Sequence[Round], last: Publication | None) -> set[Place]:
    """Return what is asked by now in every market, and what the revision so far holds."""
    markets = {market.pk for market in goods.markets()} | {one.market_id for one in rounds}
    found = {(variety.pk, market) for variety in goods.varieties() for market in markets}
    rows = published.prices([last])[last.pk].values() if last else ()
    return found | {(row.variety_id, int(market)) for row in rows for market in row.markets}


def _row(day: date, variety: int, places: Mapping[int, tuple[int, int]]) -> DayPrice:
    prices = [price for price, _ in places.values()]
    return DayPrice(
        date=day,
        variety_id=variety,
        mean=units.rounded(sum(prices) / len(prices)),
        low=min(prices),
        high=max(prices),
        observed=sum(age == 0 for _, age in places.values()),
        markets={str(market): list(found) for market, found in places.items()},
    )


def _asked(rounds: Sequence[Round], days: Sequence[date]) -> dict[Place, tuple[int, int]]:
    """Return (price, age) by place from the quotes; observed ones before imputed ones."""
    market_of = {one.pk: one.market_id for one in rounds}
    prices: dict[Place, list[int]] = {}
    imputed: dict[Place, tuple[int, int]] = {}
    rows = Quote.objects.filter(round__in=market_of, price__isnull=False).values_list(
        "round_id", "variety_id", "seen", "price", "carried_from"
    )
    for round_, variety, seen, price, since in rows:
        place = (variety, market_of[round_])
        if seen == Seen.OBSERVED and price:
            prices.setdefault(place, []).append(price)
        elif price and since:
            imputed[place] = (price, 1 + sum(day > since for day in days))
    means = {place: (units.rounded(sum(own) / len(own)), 0) for place, own in prices.items()}
    return {**imputed, **means}


def _carried(earlier: Sequence[Publication]) -> dict[Place, tuple[int, int]]:
    """Return what the published day before holds, a day older, unless that is too old."""
    if not earlier:
        return {}
    last = published.prices(earlier[:1])[earlier[0].pk]
    return {
        (variety, int(market)): (price, age + 1)
        for variety, row in last.items()
        for market, (price, age) in row.markets.items()
        if age + 1 <= conf.current().carry_days
    }
