"""Publishing: means, carried prices, revisions, the hour."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from balai.endpoints import Access
from balai.outbox.models import Event
from modules.prices import conf, tasks
from modules.prices.models import DayPrice, Publication, Quote, Round, Variety
from modules.prices.selectors import opened, published
from modules.prices.selectors.panel import sheet
from modules.prices.services import entering, publishing, verifying
from modules.prices.services.entering import Answer
from modules.prices.states import Seen
from modules.prices.workflow import NotAllowed

from .conftest import TODAY, at_clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def row(slug: str, day: Any = TODAY) -> DayPrice:
    return DayPrice.objects.filter(variety__slug=slug, date=day).latest("revision")


def test_a_markets_price_is_its_traders_mean_and_the_citys_its_markets(
    publish: Callable, ask: Callable, markets: list, traders: list, enumerator: Any, validator: Any
) -> None:
    anyar, poris = markets
    rice = Variety.objects.get(slug="beras-medium-1")
    asked = {(rice.pk, traders[0].pk): 13_000, (rice.pk, traders[1].pk): 13_001}
    told = [
        Answer(*entry.key, price=asked.get(entry.key, 20_000), why="x")
        for entry in sheet(anyar, TODAY).entries
    ]
    round_ = entering.save(market=anyar, day=TODAY, answers=told, by=enumerator, done=True)
    verifying.verify(round_=round_, by=validator)
    publish(poris, beras_medium_1=12_000)
    found = row("beras-medium-1")
    assert found.markets == {str(anyar.pk): [13_001, 0], str(poris.pk): [12_000, 0]}, "half up"
    assert (found.mean, found.low, found.high, found.observed) == (12_501, 12_000, 13_001, 2)


def test_what_was_not_asked_is_carried_forward_with_its_age_and_then_ends(
    publish: Callable, markets: list, days: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    anyar, poris = markets
    monkeypatch.setattr(conf, "current", lambda: conf.Settings(carry_days=2))
    publish(anyar, poris, day=days(5), beras_medium_1=13_000)
    ages = []
    for back in (2, 1, 0):
        publish(anyar, day=days(back), beras_medium_1=12_000)
        found = row("beras-medium-1", days(back))
        ages.append(found.markets.get(str(poris.pk)))
        assert found.observed == 1
    assert ages == [[13_000, 1], [13_000, 2], None], "published days, not calendar days"
    week = published.week(TODAY, 7)
    rice = Variety.objects.get(slug="beras-medium-1").pk
    assert week[rice, poris.pk] == [13_000], "a carried price is no further observation"


def test_an_imputed_quote_is_no_observation(
    publish: Callable, ask: Callable, markets: list, days: Callable, validator: Any
) -> None:
    publish(*markets, day=days(1))
    round_ = ask(markets[1])
    Quote.objects.filter(round=round_).update(seen=Seen.IMPUTED, carried_from=days(1))
    verifying.verify(round_=round_, by=validator)
    publish(markets[0])
    found = row("beras-medium-1")
    assert found.markets[str(markets[1].pk)] == [20_000, 1]
    assert found.observed == 1


def test_a_late_market_is_a_further_revision_with_its_reason(
    publish: Callable, ask: Callable, markets: list, validator: Any
) -> None:
    anyar, poris = markets
    first = publish(anyar, beras_medium_1=13_000)
    verifying.verify(round_=ask(poris, beras_medium_1=12_000), by=validator)
    with pytest.raises(NotAllowed, match="published already"):
        publishing.publish(day=TODAY, by=validator)
    second = publishing.publish(day=TODAY, by=validator, reason="Pasar Poris terlambat")
    assert (first.revision, second.revision, second.reason) == (1, 2, "Pasar Poris terlambat")
    assert row("beras-medium-1").mean == 12_500
    old = DayPrice.objects.get(publication=first, variety__slug="beras-medium-1")
    assert old.mean == 13_000, "what was published stays as it was"
    assert published.newest(1) == [second]
    with pytest.raises(NotAllowed, match="No market"):
        publishing.publish(day=TODAY, by=validator, reason="Lagi")
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(date=TODAY, revision=3)  # without a reason
    events = Event.objects.filter(topic="prices.published").order_by("id")
    assert [event.payload["revision"] for event in events] == [1, 2]


def test_a_correction_changes_the_quote_and_publishes_anew(
    publish: Callable, markets: list, validator: Any
) -> None:
    publish(*markets, beras_medium_1=13_000)
    round_ = Round.objects.get(market=markets[1])
    rice = Variety.objects.get(slug="beras-medium-1")
    with pytest.raises(NotAllowed, match="published already"):
        publishing.correct(round_=round_, answers=[Answer(rice.pk, None, price=12_500)],
                           reason="", by=validator)  # fmt: skip
    assert row("beras-medium-1").mean == 13_000
    release = publishing.correct(
        round_=round_, answers=[Answer(rice.pk, None, price=12_500)], reason="Salah ketik",
        by=validator,
    )  # fmt: skip
    assert (release.revision, release.reason) == (2, "Salah ketik")
    assert row("beras-medium-1").mean == 12_750
    course = published.course(rice, since=TODAY, until=TODAY)
    assert [one.revision for one in course] == [2]


def test_the_clock_publishes_once_at_its_hour(
    ask: Callable, markets: list, validator: Any, clock: Any, region: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    anyar, poris = markets
    verifying.verify(round_=ask(anyar), by=validator)
    clock.move_to(at_clock(region, 12, 59))
    assert publishing.publish_due(now=at_clock(region, 12, 59)) is None
    monkeypatch.setattr(conf, "current", lambda: conf.Settings(publish_itself=False))
    assert publishing.publish_due(now=at_clock(region, 13)) is None
    monkeypatch.undo()
    clock.move_to(at_clock(region, 13))
    tasks.publish_due()
    release = Publication.objects.get()
    assert (release.date, release.published_by, release.revision) == (TODAY, None, 1)
    verifying.verify(round_=ask(poris), by=validator)
    later = at_clock(region, 13) + timedelta(minutes=5)
    assert publishing.publish_due(now=later) is None, "a late market waits for a person"
    assert publishing.publish_due(now=later + timedelta(days=1)) is None, "nothing verified"


def test_a_revision_loses_nothing_that_rests_and_takes_back_what_it_takes_back(
    publish: Callable, markets: list, goods: list, validator: Any, days: Callable
) -> None:
    anyar, poris = markets
    rice, _chili, oil = goods
    publish(anyar, poris, day=days(1), beras_medium_1=13_000)
    publish(anyar, beras_medium_1=13_200)
    Variety.objects.filter(pk=oil.pk).update(active=False)
    type(poris).objects.filter(pk=poris.pk).update(active=False)
    told = [Answer(rice.pk, None, price=13_100)]
    today = Round.objects.get(market=anyar, date=TODAY)
    publishing.correct(round_=today, answers=told, reason="Salah ketik", by=validator)
    found = DayPrice.objects.filter(publication__revision=2)
    assert {one.variety_id for one in found} == {one.pk for one in goods}, "oil rests by now"
    assert found.get(variety=rice).markets == {
        str(anyar.pk): [13_100, 0], str(poris.pk): [13_000, 1]
    }  # fmt: skip

    first = Round.objects.get(market=anyar, date=days(1))
    other = Round.objects.get(market=poris, date=days(1))
    gone = [Answer(rice.pk, None, reason="no_stock")]
    for round_ in (first, other):
        publishing.correct(round_=round_, answers=gone, reason="Bukan beras", by=validator)
    assert published.course(rice, since=days(1), until=days(1)) == [], "never the earlier revision"
    assert not [one for one in opened.rows(days(1), days(1)) if one.variety_id == rice.pk]


def test_the_clock_stands_still_where_publishing_is_stopped(
    ask: Callable, markets: list, validator: Any, clock: Any, region: Any, monkeypatch: Any
) -> None:
    verifying.verify(round_=ask(markets[0]), by=validator)
    clock.move_to(at_clock(region, 13))
    monkeypatch.setattr(publishing, "access", lambda state, endpoint: Access.CLOSED)
    assert publishing.publish_due(now=at_clock(region, 13)) is None
    monkeypatch.undo()
    assert publishing.publish_due(now=at_clock(region, 13)) is not None
