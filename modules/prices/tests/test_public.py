"""What citizens read."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from modules.prices import basket, units
from modules.prices.models import Ceiling, Market, Variety
from modules.prices.search import search
from modules.prices.selectors import goods as offered
from modules.prices.selectors.board import board

from .conftest import TODAY, own_queries

pytestmark = pytest.mark.django_db
PAGES = ("/prices/", "/prices/markets/", "/prices/basket/", "/prices/ceilings/",
         "/prices/goods/beras-medium-1/")  # fmt: skip


@pytest.fixture
def week(publish: Callable, markets: list, days: Callable) -> None:
    """Two published days: rice 13,000 and then 14,000 at Anyar; Poris was only asked first."""
    publish(*markets, day=days(1), beras_medium_1=13_000)
    publish(markets[0], beras_medium_1=14_000)


def line(slug: str, **asked: Any) -> Any:
    shown = board(**asked)
    assert shown is not None
    return next(one for one in shown.lines if one.variety.slug == slug)


def test_the_board_compares_with_the_last_published_day(week: None, markets: list) -> None:
    anyar, poris = markets
    rice = line("beras-medium-1")
    assert (rice.price, rice.before, rice.change) == (13_500, 13_000, 500)
    assert rice.share == pytest.approx(500 / 13_000)
    assert [(cell.market, cell.price, cell.age, cell.change) for cell in rice.cells] == [
        (anyar, 14_000, 0, 1_000), (poris, 13_000, 1, 0),
    ]  # fmt: skip
    assert [cell.market for cell in rice.cheapest] == [poris]
    assert [cell.market for cell in rice.breaking] == [anyar]
    assert not rice.breach, "13,500 is allowed, not a rupiah more"
    here = line("beras-medium-1", market=anyar)
    assert (here.price, here.change, here.mean, here.breach) == (14_000, 1_000, 13_500, True)
    there = line("beras-medium-1", market=poris)
    assert (there.price, there.age, there.observed) == (13_000, 1, 0)
    before = line("beras-medium-1", until=TODAY - timedelta(days=1))
    assert (before.price, before.change) == (13_000, None)


def test_pages_show_prices_arrows_ages_and_breaches(
    week: None, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region, HTTP_ACCEPT_LANGUAGE="en")
    shown = visitor.get("/prices/?market=anyar").content.decode()
    assert "14,000" in shown or "14.000" in shown
    poris = visitor.get("/prices/?market=poris").content.decode()
    assert "H-1" in poris
    pages = {path: visitor.get(path) for path in PAGES}
    assert {page.status_code for page in pages.values()} == {200}
    assert [one.market.slug for one in pages["/prices/ceilings/"].context["rows"][0].breaking] == [
        "anyar"
    ]
    side_by_side = pages["/prices/markets/"].content.decode()
    assert side_by_side.count("is-low") == 1, "only rice differs between the markets"
    assert side_by_side.count('class="tag age"') == 3, "Poris was not asked today"
    course = visitor.get("/prices/goods/beras-medium-1/?days=365&market=poris")
    assert "H-1" in course.context["chart"]
    oil = visitor.get("/prices/goods/minyak-goreng-curah/")
    assert oil.context["other"] == 18_000, "20,000 a kg is 18,000 a litre of 0.9 kg"


def test_before_the_first_day_and_for_wrong_addresses_there_is_a_way_out(
    clock: Any, markets: list, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region)
    assert {visitor.get(path).status_code for path in PAGES} == {200}
    for path in ("/prices/?market=tidak-ada", "/prices/?date=31-12-2026",
                 "/prices/?date=2026-13-01", "/prices/?date=0001-01-01",
                 "/prices/goods/tidak-ada/"):  # fmt: skip
        assert visitor.get(path).status_code == 404, path
    page = visitor.get("/prices/goods/beras-medium-1/?days=9999999")
    assert page.status_code == 200
    assert "None" not in page.content.decode()


def test_pages_cost_the_same_for_one_market_and_for_three(
    week: None, region: Any, client_for: Callable, publish: Callable, days: Callable
) -> None:
    visitor = client_for(region)

    def count() -> dict[str, int]:
        found = {}
        for path in PAGES:
            visitor.get(path)
            with CaptureQueriesContext(connection) as seen:
                visitor.get(path)
            found[path] = own_queries(seen)
        return found

    before = count()
    Market.objects.filter(slug="malabar").update(active=True)
    publish(Market.objects.get(slug="malabar"), day=days(-1))
    assert count() == before
    assert max(before.values()) <= 8


def test_a_basket_ranks_complete_markets_by_cost(
    week: None, markets: list, region: Any, client_for: Callable, publish: Callable, days: Callable
) -> None:
    shown = board()
    assert shown is not None
    rice, chili, oil = (one.variety for one in shown.lines)
    told = {"beras-medium-1": "2,5", "minyak-goreng-curah": "abc", "cabai-merah-keriting": "-1"}
    assert basket.amounts(told, [rice, chili, oil]) == {rice.pk: Decimal("2.50")}
    assert basket.amounts({}, [rice]) == {rice.pk: rice.basket}, "the region's own basket"
    filled = basket.fill(shown, {rice.pk: Decimal("2.5")})
    assert [(one.market, one.cost, one.more) for one in filled.totals] == [
        (markets[1], 32_500, 0), (markets[0], 35_000, 2_500),
    ]  # fmt: skip
    assert (filled.mean, filled.change) == (33_750, 1_250)
    page = client_for(region).get("/prices/basket/?beras-medium-1=2,5")
    assert page.context["basket"].mean == 33_750
    much = client_for(region).get("/prices/basket/?beras-medium-1=500&minyak-goreng-curah=1,50")
    assert much.context["wrong"] == {rice.pk: "500"}, "told, not dropped in silence"
    assert 'value="500" aria-invalid="true"' in much.content.decode()
    empty = client_for(region).get("/prices/basket/?beras-medium-1=0")
    assert empty.context["wrong"] == {}
    assert empty.context["basket"].wishes == []


def test_ceilings_follow_dates_zones_and_units(clock: Any, goods: list) -> None:
    rice, chili, oil = goods
    Ceiling.objects.filter(variety=rice).update(ends=TODAY)
    Ceiling.objects.create(variety=rice, starts=TODAY + timedelta(days=1), high=14_500)
    Ceiling.objects.create(variety=rice, starts=date(2026, 1, 1), high=1, zone="2")
    Ceiling.objects.create(variety=oil, starts=date(2026, 1, 1), unit="litre", high=15_700)
    Ceiling.objects.create(variety=chili, starts=date(2026, 1, 1), unit="bunch", high=15_700)
    found = offered.limits(goods, TODAY)
    assert {pk: limit.high for pk, limit in found.items()} == {rice.pk: 13_500, oil.pk: 17_444}
    assert units.in_other(17_444, oil) == 15_700
    assert offered.limits(goods, TODAY + timedelta(days=1))[rice.pk].high == 14_500
    assert [one.high for one in offered.coming(goods, TODAY)] == [14_500]


def test_search_finds_goods_in_both_languages_and_markets(week: None) -> None:
    hits = list(search("curly chilies", None, 5))
    assert [hit.url for hit in hits] == ["/prices/goods/cabai-merah-keriting/"]
    assert "20.000" in str(hits[0].text) or "20,000" in str(hits[0].text)
    assert [hit.url for hit in search("anyar", None, 5)] == ["/prices/?market=anyar"]
    assert not list(search("mobil listrik", None, 5))
    assert not Variety.objects.filter(slug="lpg-3kg", active=True).exists()
    assert not list(search("lpg", None, 5)), "what is not asked is not found"
