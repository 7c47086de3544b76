"""What a visitor's browser makes of the list, the map and the figures."""

import uuid
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from balai.context import platform, region_context
from balai.directory.models import Area
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from modules.complaints.models import Category, Complaint
from tenants import directory

pytestmark = [pytest.mark.e2e, needs_browser]
RING = [[106.5, -6.3], [106.8, -6.3], [106.8, -6.05], [106.5, -6.05], [106.5, -6.3]]
PLACES = [(-6.1 - 0.002 * n, 106.6 + 0.003 * n) for n in range(12)]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def port(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[int]:
    """The product on a port, with twelve committed reports and one drawn kecamatan."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with platform():
            region = directory.by_schema("r_tangerang")
        assert region is not None
        with region_context(region):
            areas = Area.objects.filter(kind=Area.Kind.DISTRICT)
            shape = {"type": "Polygon", "coordinates": [RING]}
            areas.update(boundary=shape, boundary_changed_at=timezone.now())
            made = [_report(at, *place) for at, place in enumerate(PLACES)]
        with serving() as number:
            yield number
        with region_context(region):
            Complaint.objects.filter(pk__in=[report.pk for report in made]).delete()
            Area.objects.filter(kind=Area.Kind.DISTRICT).update(
                boundary=None, boundary_changed_at=timezone.now()
            )


def _report(at: int, latitude: float, longitude: float) -> Complaint:
    return Complaint.objects.create(
        uuid=uuid.uuid4(), number=f"UJI-PETA-{at}", secret_hash="x", text="Lampu padam di gang.",
        category=Category.objects.get(slug="lampu-jalan"), title=f"Lampu padam nomor {at}",
        latitude=latitude, longitude=longitude, state="dispositioned",
        created_at=timezone.now(), published_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def visit(chromium: Browser, port: int, path: str, **options: object) -> tuple[Page, list[str]]:
    """Open a page of Kota Tangerang; return it and what its scripts complain of."""
    context = chromium.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]  # any option
    page, faults = context.new_page(), []
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"http://tangerang.localhost:{port}{path}", wait_until="load", timeout=30_000)
    return page, faults


@pytest.mark.parametrize("path", ["/complaints/", "/complaints/statistics/"])
@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), pytest.param(DESKTOP, "light", marks=pytest.mark.soak)]
)
def test_pages_are_accessible_and_fit(
    path: str, size: dict, scheme: str, chromium: Browser, port: int
) -> None:
    page, faults = visit(chromium, port, path, viewport=size, color_scheme=scheme)
    if path == "/complaints/":
        expect(page.locator(".cluster").first).to_be_visible()
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []
    page.context.close()


def test_keys_lead_from_the_city_to_a_report(chromium: Browser, port: int) -> None:
    page, faults = visit(chromium, port, "/complaints/")
    marks = page.locator(".cluster")
    expect(marks.first).to_be_visible()
    expect(page.locator("[data-clusters-says]")).to_contain_text("12")
    expect(page.locator("[data-clusters-instead]")).to_be_hidden()
    for _ in range(8):
        if page.locator(".cluster--one").count():
            break
        marks.first.focus()
        with page.expect_response("**/map-data/**"):
            page.keyboard.press("Enter")
        expect(page.locator(".leaflet-container")).to_be_focused()  # the mark one stood on is gone
    single = page.locator(".cluster--one").first
    single.focus()
    page.keyboard.press("Enter")
    link = page.locator(".leaflet-popup a[data-first]")
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".leaflet-popup")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Lampu padam nomor")
    assert faults == []
    page.context.close()


def test_without_scripts_the_list_and_the_map_of_counts_remain(
    chromium: Browser, port: int
) -> None:
    page, _faults = visit(chromium, port, "/complaints/", java_script_enabled=False)
    expect(page.locator("#list .item")).to_have_count(12)
    expect(page.locator(".map--areas svg")).to_be_visible()
    expect(page.locator(".map__pin")).to_have_count(12)
    expect(page.locator("[data-clusters]")).to_be_hidden()
    page.context.close()
