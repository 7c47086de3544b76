"""The sample year comes and goes whole."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balai.notify.models import Message
from balai.outbox.models import Event
from modules.prices import sample
from modules.prices.models import DayPrice, Market, Publication, Quote, Round, Trader
from modules.prices.selectors import overview
from modules.prices.selectors.board import board
from modules.prices.states import Seen, State

from .conftest import TODAY

pytestmark = pytest.mark.django_db


def test_samples_come_and_go_whole(clock: Any, in_region: Any, region: Any) -> None:
    count = sample.load(days=20)
    assert 10 <= count <= 20
    assert sample.load(days=20) == count
    assert not Publication.objects.filter(sample=False).exists()
    assert not Event.objects.filter(topic="prices.published", done_at=None).exists()
    assert not Message.objects.filter(template__startswith="prices").exists()
    shown = board()
    assert shown is not None
    assert shown.today.date == TODAY - timedelta(days=1)
    assert all(line.price and line.change is not None for line in shown.lines)
    missing = Quote.objects.filter(seen=Seen.MISSING).count()
    assert 0 < missing < Quote.objects.count() / 10
    day = overview.day(TODAY, timezone.now())
    assert len(day.ready) == len(day.stands) - sample.STILL_TO_COME
    assert set(Round.objects.values_list("state", flat=True)) == {State.PUBLISHED, State.VERIFIED}
    assert (
        Trader.objects.filter(sample=True).count() == 2 * Market.objects.filter(active=True).count()
    )
    assert sample.clear() == count
    for model in (Publication, DayPrice, Round, Quote, Trader):
        assert not model.objects.exists(), model


def test_own_days_and_traders_are_left_alone(
    publish: Callable, markets: list, traders: list, days: Callable
) -> None:
    own = publish(markets[0], day=days(1), beras_medium_1=13_000)
    sample.load(days=5)
    assert not Publication.objects.get(pk=own.pk).sample
    sample.clear()
    assert list(Publication.objects.all()) == [own]
    assert set(Trader.objects.all()) == set(traders)


@pytest.mark.soak
def test_a_year_is_there_within_ten_seconds(clock: Any, in_region: Any) -> None:
    begun = time.monotonic()
    assert sample.load(days=365) > 130
    assert time.monotonic() - begun < 10
