"""What others see of the budget: open data, the API, widgets, the contract."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from modules.budget import contract, fiscal, widgets
from modules.budget.models import Heading, Snapshot
from modules.budget.selectors import opened
from modules.budget.states import Kind

from .conftest import LINES, MILLION, SEPTEMBER

pytestmark = pytest.mark.django_db


def test_every_line_as_csv_with_its_descriptor(
    year: Snapshot, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region)
    package = visitor.get("/budget/data/datapackage.json").json()
    (resource,) = package["resources"]
    answer = visitor.get(resource["path"].removeprefix(region.base_url))
    assert answer["Access-Control-Allow-Origin"] == "*"
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) == len(LINES)
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0]) == list(opened.COLUMNS)
    keys = {tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows}
    assert len(keys) == len(rows)
    for field in fields:
        if field["type"] == "integer":
            assert all(int(row[field["name"]]) >= 0 for row in rows)
    phases = {field["normalize"]["phase"] for field in fields if "normalize" in field}
    assert phases == {"approved", "adjusted", "executed"}
    targets = [one for one in resource["schema"]["extraFields"] if "normalizationTarget" in one]
    assert [one["columnType"] for one in targets] == ["value"]
    assert (package["profile"], package["version"]) == (fiscal.PROFILE, "2026-10-31")
    assert {row["direction"] for row in rows} == {"expenditure", "revenue"}
    road = next(row for row in rows if row["account_code"] == "5.2.04.01.01.0001")
    assert (road["budget"], road["revised"], road["realised"]) == (
        "800000000", "1000000000", "200000000"
    )  # fmt: skip
    early = visitor.get("/budget/data/budget.csv?year=2026&date=2026-09-30")
    assert "2026-09-30" in early.getvalue().decode()


def test_without_a_budget_programs_get_an_empty_table(region: Any, client_for: Callable) -> None:
    visitor = client_for(region)
    assert len(visitor.get("/budget/data/budget.csv").getvalue().splitlines()) == 1
    package = visitor.get("/budget/data/datapackage.json").json()
    assert "version" not in package
    assert visitor.get("/api/v1/budget/states").json() == []
    assert visitor.get("/api/v1/budget/totals").status_code == 404


def test_programs_read_states_sums_and_agencies(
    year: Snapshot, region: Any, client_for: Callable
) -> None:
    visitor = client_for(region)
    states = visitor.get("/api/v1/budget/states").json()
    assert [one["as_of"] for one in states] == ["2026-10-31", "2026-09-30"]
    told = visitor.get("/api/v1/budget/totals?by=account").json()
    assert told["total"] == {"budget": 2000 * MILLION, "revised": 2100 * MILLION,
                             "realised": 1140 * MILLION, "share": 0.5429}  # fmt: skip
    assert [one["key"] for one in told["parts"]][0] == "5.2.04"
    own = visitor.get(
        f"/api/v1/budget/agencies/1.01.0.00.0.00.01.0000?year=2026&date={SEPTEMBER}"
    ).json()
    assert [(one["code"], one["realised"] // MILLION) for one in own["parts"]] == [("1.01.02", 520)]
    revenue = visitor.get("/api/v1/budget/totals?side=revenue").json()
    assert revenue["total"]["realised"] == 40 * MILLION
    assert visitor.get("/api/v1/budget/agencies/9.99").status_code == 404
    assert visitor.get("/api/v1/budget/totals?year=1999").status_code == 422
    assert visitor.get("/api/v1/budget/totals?by=colour").status_code == 422


def test_walls_and_the_home_page(
    clock: Any, region: Any, client_for: Callable, request: Any
) -> None:
    asked = RequestFactory().get("/")
    assert "stat--alarm" not in widgets.Absorption().render(asked)
    assert "h-budget" not in client_for(region).get("/").content.decode()
    request.getfixturevalue("year")
    figures = {
        kind.__name__: kind().data(asked)
        for kind in (widgets.Absorption, widgets.TooSlow, widgets.TooMuch)
    }
    assert figures["Absorption"]["value"] in ("54,3%", "54.3%")
    assert figures["Absorption"]["alarm"], "29 points behind"
    assert (figures["TooSlow"]["value"], figures["TooMuch"]["value"]) == (1, 1)
    home = client_for(region).get("/").content.decode()
    assert "/budget/agencies/1.01.0.00.0.00.01.0000/" in home


def test_the_contract_gives_an_agencys_money(year: Snapshot) -> None:
    found = contract.agency_money("disdik")
    assert found is not None
    assert (found.budget, found.realised, found.year) == (1000 * MILLION, 860 * MILLION, 2026)
    assert found.share == 0.86
    assert found.url == "/budget/agencies/1.01.0.00.0.00.01.0000/"
    assert contract.agency_money("rsud") is None
    roads = Heading.objects.get(kind=Kind.AGENCY, key__startswith="1.03")
    roads.agency = Heading.objects.get(kind=Kind.AGENCY, key__startswith="1.01").agency
    roads.save()
    both = contract.agencies_money()
    assert set(both) == {"disdik"}
    assert both["disdik"].budget == 2100 * MILLION, "two agencies of the budget, one of ours"
