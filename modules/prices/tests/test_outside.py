"""What others see of the prices: widgets, the shared picture, the API, webhooks, the contract."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from balai.modules import EventData
from modules.prices import contract, webhooks, widgets
from modules.prices.models import Publication

from .conftest import TODAY, at_clock, own_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def risen(publish: Callable, markets: list, days: Callable) -> Publication:
    """Chilies rise for three days; at last rice lies above its ceiling of 13,500."""
    for back, chili, rice in ((3, 50_000, 13_000), (2, 51_000, 13_000), (1, 52_000, 13_000)):
        publish(markets[0], day=days(back), cabai_merah_keriting=chili, beras_medium_1=rice)
    return publish(markets[0], cabai_merah_keriting=53_000, beras_medium_1=13_600)


def test_walls_and_the_home_page(
    clock: Any, markets: list, goods: list, region: Any, client_for: Callable, request: Any
) -> None:
    asked = RequestFactory().get("/")
    empty = widgets.TodayStrip()
    assert "Rp" not in empty.render(asked), "nothing before the first day"
    assert "stat--alarm" not in widgets.LateMarkets().render(asked)
    request.getfixturevalue("risen")
    with CaptureQueriesContext(connection) as seen:
        strip = widgets.TodayStrip().render(asked)
    assert "13.600" in strip or "13,600" in strip
    assert len(seen) <= 4
    figures = {
        kind.__name__: kind().data(asked)
        for kind in (widgets.Breaches, widgets.Risers, widgets.LateMarkets, widgets.Verifying)
    }
    assert (figures["Breaches"]["value"], figures["Breaches"]["alarm"]) == (1, True)
    assert figures["Risers"]["value"] == 1
    assert "6" in figures["Risers"]["base"]
    assert figures["LateMarkets"]["value"] == 0, "Poris has an hour left"
    with time_machine.travel(at_clock(region, 11), tick=False):
        late = widgets.LateMarkets().data(asked)
    assert (late["value"], late["alarm"]) == (1, True)
    assert "13.600" in client_for(region).get("/").content.decode()


def test_the_shared_picture_and_its_tags(risen: Any, region: Any, client_for: Callable) -> None:
    visitor = client_for(region)
    visitor.get("/prices/card.png")
    with CaptureQueriesContext(connection) as seen:
        answer = visitor.get("/prices/card.png")
    assert answer["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as image:
        assert image.size == (1200, 630)
        colours = image.getcolors(2**16)
    assert colours is not None and len(colours) > 5
    assert own_queries(seen) <= 4
    page = visitor.get("/prices/").content.decode()
    assert f'content="{region.base_url}/prices/card.png"' in page


def test_programs_read_days_and_courses(risen: Any, region: Any, client_for: Callable) -> None:
    visitor = client_for(region)
    day = visitor.get("/api/v1/prices/days/newest").json()
    rice = next(one for one in day["prices"] if one["slug"] == "beras-medium-1")
    assert (day["date"], rice["mean"], rice["change"], rice["ceiling"]) == (
        TODAY.isoformat(), 13_600, 600, 13_500
    )  # fmt: skip
    assert rice["markets"] == [{"market": "anyar", "price": 13_600, "age": 0}]
    course = visitor.get("/api/v1/prices/goods/cabai-merah-keriting/course?days=7").json()
    assert [point["mean"] for point in course] == [50_000, 51_000, 52_000, 53_000]
    assert {one["slug"] for one in visitor.get("/api/v1/prices/markets").json()} >= {"anyar"}
    assert len(visitor.get("/api/v1/prices/goods").json()) == 3
    assert visitor.get("/api/v1/prices/days/newest?date=2020-01-01").status_code == 404
    assert visitor.get("/api/v1/prices/goods/emas/course").status_code == 404
    assert visitor.get("/api/v1/prices/goods/emas/course?days=0").status_code == 422


def test_webhooks_tell_the_newest_day_and_no_samples(risen: Publication, in_region: Any) -> None:
    event, older = (
        EventData(at, "prices.published", str(TODAY), {"publication": pk}, timezone.now())
        for at, pk in enumerate((risen.pk, risen.pk - 1), start=1)
    )
    told: Any = webhooks.facts(event)
    assert {one["slug"] for one in told["day"]["prices"]} >= {"beras-medium-1"}
    assert webhooks.facts(older) is None
    Publication.objects.filter(pk=risen.pk).update(sample=True)
    assert webhooks.facts(event) is None


def test_the_contract_gives_a_few_prices(risen: Any) -> None:
    found = {one.slug: one for one in contract.today()}
    assert (found["beras-medium-1"].price, found["beras-medium-1"].change) == (13_600, 600)
    assert len(contract.today(limit=1)) == 1
