"""Prices for programs."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from balai import opendata
from modules.prices import datasets
from modules.prices.models import Market

from .conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(
    publish: Callable, markets: list, days: Callable, region: Any, client_for: Callable
) -> Any:
    """Two published days; on the second only Anyar was asked, and its rice was corrected."""
    publish(*markets, day=days(1), beras_medium_1=13_000)
    publish(markets[0], beras_medium_1=14_000)
    return client_for(region)


def table(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_citys_figures_as_csv_and_json(visitor: Any, days: Callable) -> None:
    rows = table(visitor.get("/prices/data/prices.csv"))
    assert len(rows) == 6
    rice = [row for row in rows if row["commodity_id"] == "beras-medium-1"]
    assert [(row["date"], row["mean"], row["lowest"], row["highest"]) for row in rice] == [
        (days(1).isoformat(), "13000", "13000", "13000"),
        (TODAY.isoformat(), "13500", "13000", "14000"),
    ]
    assert (rice[1]["markets_observed"], rice[1]["markets"], rice[1]["unit"]) == ("1", "2", "kg")
    only = table(visitor.get(f"/prices/data/prices.csv?from={TODAY}&to={TODAY}"))
    assert {row["date"] for row in only} == {TODAY.isoformat()}
    told = visitor.get("/prices/data/prices.json").json()
    assert told["prices"][-3]["markets"] == [
        {"market_id": "anyar", "price": 14_000, "age": 0},
        {"market_id": "poris", "price": 13_000, "age": 1},
    ]


def test_the_long_table_holds_observed_prices_only(visitor: Any) -> None:
    rows = table(visitor.get("/prices/data/market-prices.csv"))
    today = [row for row in rows if row["date"] == TODAY.isoformat()]
    assert {row["market_id"] for row in today} == {"anyar"}
    assert len(rows) == 3 * 2 + 3
    assert list(rows[0])[:4] == ["date", "admin1", "market", "market_id"]
    assert {(row["priceflag"], row["pricetype"], row["currency"]) for row in rows} == {
        ("actual", "Retail", "IDR")
    }


def test_feeds_carry_the_codes_of_the_national_systems(visitor: Any, markets: list) -> None:
    Market.objects.filter(pk=markets[0].pk).update(codes={"sp2kp": "P-1"})
    told = visitor.get("/prices/data/pihps.json").json()
    assert (told["tanggal"], told["revisi"]) == (TODAY.isoformat(), 1)
    rice = next(row for row in told["harga"] if row["komoditas"] == "Beras kualitas medium I")
    assert (rice["kode_komoditas"], rice["kode_pasar"], rice["harga"]) == ("com_3", "", 14_000)
    assert told["tanpa_kode"]["pasar"] == ["Pasar Anyar"]
    rows = table(visitor.get("/prices/data/sp2kp.csv"))
    assert {row["kode_pasar"] for row in rows} == {"P-1"}
    assert visitor.get("/prices/data/sp2kp.json?date=2020-01-01").json()["harga"] == []


@pytest.mark.parametrize(
    "query",
    [
        "from=gestern",
        "from=2026-11-25&to=2026-11-01",
        "from=2020-01-01",
        "to=2026-02-31",
        "to=0001-01-01",
    ],
)
def test_days_that_cannot_be_given_are_refused_in_words(visitor: Any, query: str) -> None:
    answer = visitor.get(f"/prices/data/prices.json?{query}")
    assert answer.status_code == 400


def test_the_catalogue_knows_the_sets(in_region: Any) -> None:
    mine = {one.name for one in opendata.registry.offered() if one.module == "prices"}
    assert mine == {datasets.DAILY.name, datasets.LONG.name, datasets.FEEDS.name}
