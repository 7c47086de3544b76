"""A small market town: people, markets with traders, days that were asked and published."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from balai.context import Region
from modules.prices.models import Market, Publication, Round, Trader, Variety
from modules.prices.selectors.panel import sheet
from modules.prices.services import entering, publishing, verifying
from modules.prices.services.entering import Answer

TODAY = date(2026, 11, 25)
"""A Wednesday on which the offices are open."""
USUAL = 20_000


def own_queries(seen: CaptureQueriesContext) -> int:
    """Return how many queries went to the region; finding the region is cached for a while."""
    return sum('"shared"' not in query["sql"] for query in seen.captured_queries)


def at_clock(region: Region, hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """Return a moment of the region's own clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=region.zone)


def answers(market: Market, day: date, prices: dict[str, int], usual: int = USUAL) -> list[Answer]:
    """Return an answer for every field of a sheet; ``prices`` by the variety's slug."""
    return [
        Answer(*entry.key, price=prices.get(entry.variety.slug, usual), why="Panen gagal")
        for entry in sheet(market, day).entries
    ]


@pytest.fixture
def clock(in_region: Region) -> Any:
    """Stop the clock at 9.00 of TODAY; the fixture can be moved."""
    with time_machine.travel(at_clock(in_region, 9), tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_english() -> Iterator[None]:
    """Let services say why they refuse in the language the tests are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def markets(in_region: Region) -> list[Market]:
    """Anyar and Poris; the preset's other markets rest."""
    Market.objects.exclude(slug__in=("anyar", "poris")).update(active=False)
    return list(Market.objects.filter(active=True))


@pytest.fixture
def goods(in_region: Region) -> list[Variety]:
    """Medium rice (ceiling 13,500), bulk oil (also by the litre), curly chilies; no others."""
    slugs = ("beras-medium-1", "cabai-merah-keriting", "minyak-goreng-curah")
    Variety.objects.exclude(slug__in=slugs).update(active=False)
    return list(Variety.objects.filter(active=True))


@pytest.fixture
def traders(markets: list[Market]) -> list[Trader]:
    """Two traders at Anyar: one sells everything, one only rice. Poris has no panel."""
    first = Trader.objects.create(market=markets[0], name="Toko Berkah", position=1)
    second = Trader.objects.create(
        market=markets[0], name="Kios Sari", groups=["beras"], position=2
    )
    return [first, second]


@pytest.fixture
def enumerator(in_region: Region, make_user: Callable) -> Any:
    """Asks prices."""
    return make_user("enumerator")


@pytest.fixture
def validator(in_region: Region, make_user: Callable) -> Any:
    """Checks and publishes."""
    return make_user("validator")


@pytest.fixture
def ask(clock: Any, goods: list, enumerator: Any) -> Callable[..., Round]:
    """Return a function that fills in and hands in a market's sheet."""

    def fill(market: Market, day: date = TODAY, usual: int = USUAL, **prices: int) -> Round:
        told = {slug.replace("_", "-"): price for slug, price in prices.items()}
        moment = timezone.now() - (timezone.localdate() - day)
        return entering.save(
            market=market, day=day, answers=answers(market, day, told, usual), by=enumerator,
            done=True, now=moment,
        )  # fmt: skip

    return fill


@pytest.fixture
def publish(ask: Callable, validator: Any) -> Callable[..., Publication]:
    """Return a function that takes a day of some markets all the way to the public."""

    def release(
        *places: Market, day: date = TODAY, usual: int = USUAL, **prices: int
    ) -> Publication:
        for market in places:
            verifying.verify(round_=ask(market, day, usual, **prices), by=validator)
        moment = timezone.now() - (timezone.localdate() - day)
        return publishing.publish(day=day, by=validator, now=moment)

    return release


@pytest.fixture
def days() -> Callable[[int], date]:
    """Return a function that gives the day so many days before TODAY."""
    return lambda back: TODAY - timedelta(days=back)
