"""An agency's results beside its money: told, kept back, gone with the other module."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from balai import memo
from balai.context import Region
from balai.directory.models import Agency
from modules.budget.models import Heading, Snapshot
from modules.complaints.models import Category, Complaint
from modules.complaints.selectors.by_agency import agency_results
from tenants import directory
from tenants.activation import switch

from .conftest import DPUPR, own_queries

pytestmark = pytest.mark.django_db
SCHOOLS_PAGE, ROADS_PAGE = (f"/budget/agencies/{key}/" for key in (
    "1.01.0.00.0.00.01.0000", DPUPR.split()[0]))  # fmt: skip


@pytest.fixture
def agencies(year: Snapshot) -> list[Agency]:
    """Link both agencies of the budget to the directory."""
    found = list(Agency.objects.filter(parent=None).order_by("pk")[:3])
    headings = Heading.objects.filter(kind="agency").order_by("key")
    for heading, agency in zip(headings, found, strict=False):
        Heading.objects.filter(pk=heading.pk).update(agency=agency)
    return found


def fresh() -> None:
    """Forget all figures that are kept for some minutes."""
    cache.clear()
    memo.forget()


def reports(agency: Agency, done: int, other: int) -> None:
    """Write public reports of yesterday: resolved within the day, or still open."""
    category, now = Category.objects.get(slug="lampu-jalan"), timezone.now()
    then = now - timedelta(days=1)
    Complaint.objects.bulk_create(
        Complaint(
            category=category, text="Lampu mati", agency=agency, number=f"U{agency.pk}-{at}",
            state="resolved" if at < done else "in_progress", published_at=then, created_at=then,
            resolved_at=now if at < done else None,
        )
        for at in range(done + other)
    )  # fmt: skip


def test_results_stand_beside_the_money_and_prove_no_cause(
    agencies: list[Agency], region: Region, client_for: Callable
) -> None:
    fresh()
    schools, roads, third = agencies
    reports(schools, 25, 6)
    reports(roads, 30, 3)
    reports(third, 12, 9)
    told = agency_results(2026)
    assert (told[schools.code].received, told[schools.code].median_days) == (31, 1.0)
    assert told[schools.code].in_time == 1.0
    assert told[roads.code].resolved is None, "33 - 30 would tell that 3 are open"
    assert told[third.code].median_days is None, "12 resolved are too few"
    visitor = client_for(region)
    page = visitor.get("/budget/").content.decode()
    assert "h-beside" in page
    assert "proves no cause" in page or "membuktikan" in page
    assert "h-beside" not in visitor.get("/budget/?side=revenue").content.decode()
    assert "h-beside" not in visitor.get("/budget/?by=account").content.decode()
    one = visitor.get(SCHOOLS_PAGE).content.decode()
    assert "h-beside" in one
    assert '<dd class="num">31' in one


def test_with_the_other_module_off_they_are_gone(
    agencies: list[Agency], region: Region, client_for: Callable
) -> None:
    fresh()
    reports(agencies[0], 25, 6)
    visitor = client_for(region)
    assert "h-beside" in visitor.get(SCHOOLS_PAGE).content.decode()
    assert "h-beside" not in visitor.get(ROADS_PAGE).content.decode(), "no report is with it"
    switch(region, "complaints", enabled=False, cascade=True)
    directory.invalidate()
    for page in ("/budget/", SCHOOLS_PAGE):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert "h-beside" not in answer.content.decode()


def test_the_queries_do_not_grow_with_agencies(
    agencies: list[Agency], region: Region, client_for: Callable
) -> None:
    visitor: Any = client_for(region)

    def asked(path: str) -> int:
        visitor.get(path)
        fresh()
        with CaptureQueriesContext(connection) as seen:
            assert visitor.get(path).status_code == 200
        return own_queries(seen)

    reports(agencies[0], 25, 6)
    one = asked("/budget/")
    reports(agencies[1], 30, 8)
    reports(agencies[2], 21, 9)
    assert asked("/budget/") == one
    assert asked(SCHOOLS_PAGE) == asked(ROADS_PAGE)
