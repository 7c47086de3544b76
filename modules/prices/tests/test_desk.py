"""The desk: who is late, what stands out, who may do what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.prices.models import Market, Publication, Round, Variety
from modules.prices.selectors import overview
from modules.prices.services import publishing, verifying

from .conftest import TODAY, at_clock, own_queries

pytestmark = pytest.mark.django_db
DESK = "/desk/prices/"


@pytest.fixture
def at(client_for: Callable, region: Any) -> Callable:
    """Return a function that gives an officer's client."""
    return lambda user: client_for(region, user)


def test_a_market_is_late_after_the_hour_on_working_days(
    ask: Callable, markets: list, region: Any, days: Callable
) -> None:
    ask(markets[0])

    def late(hour: int, minute: int, day: Any = TODAY) -> list[str]:
        told = overview.day(day, at_clock(region, hour, minute))
        return [stand.market.slug for stand in told.late]

    assert late(10, 0) == []
    assert late(10, 1) == ["poris"]
    assert late(9, 0, days(1)) == ["anyar", "poris"], "yesterday is over"
    assert late(9, 0, days(3)) == [], "a Sunday"
    assert late(23, 0, days(-1)) == [], "tomorrow"


def test_the_overview_shows_what_stands_out(
    publish: Callable, ask: Callable, markets: list, validator: Any, at: Callable, days: Callable
) -> None:
    for back, price in ((3, 12_000), (2, 12_500), (1, 13_000)):
        publish(*markets, day=days(back), beras_medium_1=price)
    verifying.verify(round_=ask(markets[0], beras_medium_1=13_900), by=validator)
    page = at(validator).get(DESK)
    told = page.context
    assert [(quote.variety.slug, quote.flag) for quote in told["outliers"]] == [
        ("beras-medium-1", "ceiling")
    ]
    assert told["risers"] == [], "three days have not passed: the first has nothing before it"
    assert "Panen gagal" in page.content.decode()
    publish(markets[1], beras_medium_1=13_700)
    part = at(validator).get(f"{DESK}day/?date={TODAY}")
    assert part.context["asked_twice"] == 2
    assert "<html" not in part.content.decode()
    told = at(validator).get(DESK).context
    (riser,) = told["risers"]
    assert riser.prices == [12_000, 12_500, 13_000, 13_800]
    assert [line.variety.slug for line in told["breaches"]] == ["beras-medium-1"]
    assert [line.variety.slug for line in told["widest"]] == ["beras-medium-1"]


def test_the_desk_says_when_the_hour_is_past_and_which_days_were_left(
    ask: Callable, markets: list, validator: Any, at: Callable, region: Any, clock: Any,
    days: Callable,
) -> None:  # fmt: skip
    client = at(validator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def told(hour: int, minute: int = 0) -> tuple[bool, str]:
        clock.move_to(at_clock(region, hour, minute))
        page = client.get(f"{DESK}?date={TODAY}")
        return page.context["overdue"], page.content.decode()

    verifying.verify(round_=ask(markets[0], days(2)), by=validator)
    ask(markets[1], days(1))
    assert [(one.date, one.verified, one.submitted) for one in overview.left_over(TODAY)] == [
        (days(2), 1, 0), (days(1), 0, 1),
    ]  # fmt: skip
    assert told(12, 59)[0] is False
    overdue, page = told(13)
    assert overdue
    assert "No market has handed in" in page
    assert f'href="?date={days(2)}"' in page
    round_ = ask(markets[0])
    assert "1 market waits to be verified" in told(13, 1)[1]
    verifying.verify(round_=round_, by=validator)
    assert "within five minutes" in told(13, 2)[1]
    publishing.publish_due(now=at_clock(region, 13, 3))
    assert told(13, 4)[0] is False


def test_one_click_publishes_and_a_missing_market_asks_first(
    ask: Callable, markets: list, validator: Any, at: Callable
) -> None:
    client, publish = at(validator), f"{DESK}publish/"
    verifying.verify(round_=ask(markets[0]), by=validator)
    asked = client.post(publish, {"date": TODAY.isoformat()})
    assert asked.status_code == 200, "Poris is missing: a look first"
    assert not Publication.objects.exists()
    said = {"date": TODAY.isoformat(), "sure": "1"}
    assert client.post(publish, said).status_code == 302
    assert Publication.objects.count() == 1
    verifying.verify(round_=ask(markets[1]), by=validator)
    assert client.post(publish, said).status_code == 422, "why again?"
    assert client.post(publish, said | {"reason": "Poris terlambat"}).status_code == 302
    assert Publication.objects.latest("revision").reason == "Poris terlambat"
    assert "Poris terlambat" in client.get("/prices/").content.decode()


def test_a_validator_verifies_sends_back_and_corrects(
    ask: Callable, markets: list, validator: Any, at: Callable
) -> None:
    client, round_ = at(validator), ask(markets[1])
    here = f"{DESK}rounds/{round_.uuid}/"
    assert client.get(here).status_code == 200
    assert client.get(f"{here}correct/").status_code == 404, "not published"
    assert client.post(f"{here}send-back/", {"answer": ""}).status_code == 422
    client.post(f"{here}send-back/", {"answer": "Cek cabai"})
    assert Round.objects.get().answer == "Cek cabai"
    ask(markets[1])
    client.post(f"{here}verify/")
    client.post(f"{here}take-back/")
    assert Round.objects.get().state == "submitted"
    client.post(f"{here}verify/")
    client.post(f"{DESK}publish/", {"date": TODAY.isoformat(), "sure": "1"})
    rice = Variety.objects.get(slug="beras-medium-1").pk
    field = {f"price_{rice}_0": "19000", f"again_{rice}_0": "19000", f"why_{rice}_0": "Salah"}
    assert client.post(f"{here}correct/", field).status_code == 422, "no reason"
    assert client.post(f"{here}correct/", {**field, "reason": "Salah ketik"}).status_code == 302
    assert Publication.objects.latest("revision").revision == 2
    assert client.get(here).status_code == 200


def test_doors_open_for_the_right_roles_only(
    ask: Callable, markets: list, enumerator: Any, at: Callable, make_user: Callable
) -> None:
    round_ = ask(markets[1])
    inside = (f"{DESK}rounds/{round_.uuid}/", f"{DESK}publish/", f"{DESK}enter/", DESK)
    expected = {
        "enumerator": [403, 403, 200, 200], "validator": [200, 200, 403, 200],
        "admin": [200, 200, 200, 200], "leader": [403, 403, 403, 200],
        "officer": [403, 403, 403, 403], None: [403, 403, 403, 403],
    }  # fmt: skip
    for role, statuses in expected.items():
        client = at(make_user(role))
        assert [client.get(path).status_code for path in inside] == statuses, role
        if role in ("leader", "officer", None, "enumerator"):
            assert client.post(f"{DESK}rounds/{round_.uuid}/verify/").status_code == 403
            assert client.post(f"{DESK}publish/").status_code == 403
    assert "Toko" not in at(make_user("leader")).get(DESK).content.decode()


def test_the_desk_costs_the_same_for_one_market_and_for_three(
    publish: Callable, markets: list, validator: Any, at: Callable, days: Callable
) -> None:
    client = at(validator)
    publish(markets[0], day=days(1))
    publish(markets[0])

    def count() -> int:
        client.get(DESK)
        with CaptureQueriesContext(connection) as seen:
            client.get(DESK)
        return own_queries(seen)

    one = count()
    Market.objects.filter(slug="malabar").update(active=True)
    publish(markets[1], Market.objects.get(slug="malabar"), day=days(-1))
    assert count() == one
