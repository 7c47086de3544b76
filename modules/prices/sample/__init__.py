"""A sample year for a region that tries the prices out: marked, and taken away in one go.

The prices come in as an older system's would and are published day by day through the same
services. Today is left as a morning is: most markets verified, the last ones still to come.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from balai import context, workcal
from balai.audit.actor import acting_as
from balai.outbox.models import Event
from modules.prices import conf, topics
from modules.prices.models import Market, Publication, Quote, Round, Trader
from modules.prices.sample import course
from modules.prices.selectors import goods as offered
from modules.prices.services import catalogue, publishing, taking_in
from modules.prices.services.taking_in import OldPrice

SOURCE: Final = "Data contoh"
DAYS, LEAST = 365, 45
DAILY, RARE = 100, (0, 3)
"""Further back than so many days only Mondays and Thursdays are there: opening a demo is quick."""
DAYS_TOGETHER: Final = 20
STILL_TO_COME: Final = 2
"""Markets that have not handed in today."""
STALLS: Final = ("Toko Contoh A", "Toko Contoh B")
OFFICERS: Final = (
    ("Petugas harga", "petugas.harga", "Petugas Harga Contoh", "enumerator", ""),
    ("Validator harga", "validator.harga", "Validator Harga Contoh", "validator", ""),
)
"""Who can sign in at the demo: what they are, name to sign in with, name, role, agency's code."""


def load(days: int = 0) -> int:
    """Add the year unless it is there; return how many sample days are published.

    Args:
        days: calendar days back from today; by default a year, times the setting SAMPLE_SCALE.
    """
    goods, markets = offered.varieties(), offered.markets()
    if goods and markets and not Publication.objects.filter(sample=True).exists():
        days = days or max(round(DAYS * settings.SAMPLE_SCALE), LEAST)
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same year every time
        today = timezone.localdate()
        working = [day for day in _calendar(today, days) if _free(day)]
        told = course.prices(working, markets, goods, chance)
        with acting_as("sample data"):
            for start in range(0, len(working), DAYS_TOGETHER):
                _publish(working[start : start + DAYS_TOGETHER], told, today, markets)
        _panel(markets)
    return Publication.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take the sample days and traders away; return how many days there were."""
    days = Publication.objects.filter(sample=True)
    count = days.count()
    days.delete()
    Round.objects.filter(sample=True).delete()
    for trader in Trader.objects.filter(sample=True):
        if Quote.objects.filter(trader=trader).exists():  # somebody worked with them meanwhile
            catalogue.forget(trader=trader)
        else:
            trader.delete()
    return count


def _calendar(today: date, days: int) -> list[date]:
    """Return the working days up to today, the oldest first; see ``DAILY``."""
    span = ((back, today - timedelta(days=back)) for back in range(days, -1, -1))
    near = (day for back, day in span if back <= DAILY or day.weekday() in RARE)
    return [day for day in near if workcal.is_working_day(day)]


def _free(day: date) -> bool:
    """Tell whether nobody's own prices of the day are there."""
    return not Publication.objects.filter(date=day).exists()


@transaction.atomic
def _publish(
    days: list[date], told: Iterator[list[OldPrice]], today: date, markets: list[Market]
) -> None:
    """Take some days in and publish those that are over."""
    late = {market.pk for market in markets[-STILL_TO_COME:]} if len(markets) > 2 else set()
    prices = [one for _day in days for one in next(told)]
    taking_in.take_in(
        [one for one in prices if one.date < today or one.market not in late],
        source=SOURCE, sample=True,
    )  # fmt: skip
    hour = conf.current().clock("publish_at")
    for day in days:
        if day < today:
            publishing.publish(day=day, by=None, now=_at(day, hour))
    # Nobody waits for what is over: the events are settled as they are written.
    own = Event.objects.filter(topic=topics.PUBLISHED, done_at=None, key__in=map(str, days))
    own.update(done_at=F("created_at"))


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=context.current_region().zone)


def _panel(markets: list[Market]) -> None:
    """Give two traders to markets that have none."""
    manned = set(Trader.objects.values_list("market_id", flat=True))
    Trader.objects.bulk_create(
        Trader(market=market, name=name, stall=f"Blok {at + 1}", position=at, sample=True)
        for market in markets
        if market.pk not in manned
        for at, name in enumerate(STALLS)
    )
