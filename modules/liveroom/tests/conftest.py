"""A mayor, the head of an agency, and reports that are with it; through the real services."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Agency, Area
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint
from modules.complaints.tests.crowd import many

CANARY = "Kenari-Rahasia-73"


@pytest.fixture(autouse=True)
def empty_cache(request: pytest.FixtureRequest) -> None:
    """Forget tiles and looks of the test before: what it wrote was rolled back."""
    if request.node.get_closest_marker("e2e") is None:  # a browser's test has a city of its own
        request.getfixturevalue("in_region")
        cache.clear()


@pytest.fixture
def agency(in_region: Region) -> Agency:
    """The agency that mends street lamps."""
    return Agency.objects.get(code="dishub")


@pytest.fixture
def leader(in_region: Region, make_user: Callable) -> object:
    """The mayor."""
    return make_user("leader")


@pytest.fixture
def head(agency: Agency, make_user: Callable) -> object:
    """Who heads the agency."""
    return make_user("agency_head", agency)


@pytest.fixture
def report(agency: Agency, make_user: Callable) -> Complaint:
    """A public report that the agency has."""
    lamps = Category.objects.get(slug="lampu-jalan")
    village = Area.objects.filter(kind=Area.Kind.VILLAGE).first()
    draft = complaints.Draft(
        category=lamps, area=village, name=CANARY, email="kenari@contoh.test", landmark=CANARY,
        text="Lampu di depan gerbang sekolah mati sejak hari Minggu, gelap pada malam hari.",
    )  # fmt: skip
    found = complaints.report(draft=draft, photos=[]).complaint
    ruling = complaints.Ruling(agency=agency, category=lamps, title="Lampu sekolah mati")
    return complaints.verify_and_route(complaint=found, ruling=ruling, by=make_user("coordinator"))


@pytest.fixture
def crowd(report: Complaint) -> Callable[..., list[Complaint]]:
    """Return a function that stores reports done within so many days each, ended ``ago`` days."""

    def make(count: int, days: float, ago: float = 1, **fields: object) -> list[Complaint]:
        ended = timezone.now() - timedelta(days=ago)
        done = {"state": "resolved", "resolved_at": ended, "answered_at": ended}
        began = {"created_at": ended - timedelta(days=days)}
        return many(report, [{**began, **done, **fields} for _ in range(count)])

    return make
