"""Somebody waits for a price: one notice a fall, by the way they chose, until they stop it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from balai.notify import subscriptions
from balai.notify.models import Message, Subscription
from balai.privacy.person import Person
from modules.prices import subject
from modules.prices.models import Market, Variety, Watch
from modules.prices.services import watching

from .conftest import TODAY
from .test_importing import deliver

pytestmark = pytest.mark.django_db
PAGE = "/prices/goods/cabai-merah-keriting/watch/"


def told() -> int:
    """Deliver what the publications caused; return how many notices there are by now."""
    deliver("prices.published")
    deliver("prices.fell")
    return Message.objects.filter(template="prices/fell").count()


@pytest.fixture
def citizen(in_region: Any, make_user: Callable) -> Any:
    return make_user()


def test_one_notice_a_fall_and_none_after_stopping(
    publish: Callable, markets: list, days: Callable, citizen: Any, region: Any,
    client_for: Callable,
) -> None:  # fmt: skip
    anyar, poris = markets
    publish(anyar, day=days(5), cabai_merah_keriting=60_000)
    client = client_for(region, citizen)
    asked = client.get(PAGE, {"below": "50.000", "market": "anyar"})
    assert "50.000" in asked.context["chosen"] or "50,000" in asked.context["chosen"]
    wish = {"below": "50.000", "market": "anyar", "how": "account"}
    assert client.post(PAGE, wish).status_code == 302
    assert told() == 0
    publish(anyar, day=days(4), cabai_merah_keriting=50_000)
    assert told() == 1
    publish(anyar, day=days(3), cabai_merah_keriting=45_000)
    assert told() == 1, "it has fallen already"
    publish(anyar, day=days(2), cabai_merah_keriting=55_000)
    assert told() == 1, "dearer again"
    publish(poris, day=days(1), cabai_merah_keriting=40_000)
    assert told() == 1, "the market was not asked that day"
    publish(anyar, cabai_merah_keriting=49_000)
    assert told() == 2
    own = client.get(PAGE).context["own"]
    assert len(own) == 1
    assert subject.collect(Person(user=citizen))["waits_for"][0]["at_most"] == 50_000
    client.post("/prices/watch/stop/", {"subject": own[0][0], "back": "cabai-merah-keriting"})
    assert client.get(PAGE).context["own"] == []


def test_a_price_that_is_there_already_is_no_fall(
    publish: Callable, markets: list, days: Callable, citizen: Any
) -> None:
    publish(markets[0], day=days(3), cabai_merah_keriting=40_000)
    chili = Variety.objects.get(slug="cabai-merah-keriting")
    wish = {"variety": chili, "market": None, "below": 50_000, "language": "id", "user": citizen}
    assert not watching.watch(**wish).armed
    publish(markets[0], day=days(2), cabai_merah_keriting=39_000)
    assert told() == 0
    publish(markets[0], day=days(1), cabai_merah_keriting=50_001)
    assert told() == 0
    publish(markets[0], cabai_merah_keriting=50_000)
    assert told() == 1
    assert Watch.objects.get().fired_on == TODAY


def test_a_carried_price_is_there_as_well(
    publish: Callable, markets: list, days: Callable, citizen: Any
) -> None:
    publish(markets[0], day=days(1), cabai_merah_keriting=40_000)
    publish(markets[1])
    chili = Variety.objects.get(slug="cabai-merah-keriting")
    wish = {"variety": chili, "market": markets[0], "language": "id", "user": citizen}
    assert not watching.watch(below=45_000, **wish).armed, "everybody reads it, marked H-1"
    assert watching.watch(below=35_000, **wish).armed


def test_what_comes_in_of_older_days_is_no_news(
    publish: Callable, markets: list, days: Callable, citizen: Any
) -> None:
    publish(markets[0], day=days(1), cabai_merah_keriting=60_000)
    chili = Variety.objects.get(slug="cabai-merah-keriting")
    watching.watch(variety=chili, market=None, below=50_000, language="id", user=citizen)
    publish(markets[0], day=days(4), cabai_merah_keriting=30_000)
    assert told() == 0


def test_an_address_confirms_first_and_wishes_are_checked(
    publish: Callable, markets: list, region: Any, client_for: Callable, days: Callable
) -> None:
    publish(markets[0], cabai_merah_keriting=60_000)
    visitor = client_for(region)
    assert visitor.get(PAGE, {"below": "gratis"}).context["chosen"] == ""
    empty = visitor.post(PAGE, {"below": "50000", "how": "email", "email": ""})
    assert empty.status_code == 422
    assert visitor.post(PAGE, {"below": "0", "how": "account"}).status_code == 422
    wish = {"below": "50000", "market": "", "how": "email", "email": "ibu@contoh.test"}
    assert visitor.post(PAGE, wish).status_code == 302
    assert Message.objects.filter(template="follow/confirm").count() == 1
    publish(markets[0], day=days(-1), cabai_merah_keriting=50_000)
    assert told() == 0, "nobody has confirmed"
    row = Subscription.objects.get(email="ibu@contoh.test")
    subscriptions.confirm(subscriptions.confirm_token(row))
    publish(markets[0], day=days(-2), cabai_merah_keriting=50_001)
    assert told() == 0
    publish(markets[0], day=days(-3), cabai_merah_keriting=49_999)
    assert told() == 1
    assert watching.forget(before=timezone.localdate() + timedelta(days=1)) == 0
    Watch.objects.create(variety=Variety.objects.first(), market=Market.objects.first(), below=1)
    assert watching.forget(before=timezone.localdate() + timedelta(days=1)) == 1
