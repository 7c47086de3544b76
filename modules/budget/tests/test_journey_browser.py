"""The citizen's way from the whole to the lines in a real browser, and the officer's lists."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import Membership, User
from balai.accounts.services import grant_role
from balai.context import Region, platform, region_context
from balai.outbox.models import Event
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from modules.budget import sample
from modules.budget.models import Snapshot
from tenants import directory
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
SHOTS = os.environ.get("BALAI_SHOTS", "")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
EMAIL = "keuangan-uji@contoh.test"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with a sample budget; undone at the end."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        with platform():
            region = directory.by_schema("r_tangerang")
        assert region is not None
        with region_context(region):
            sample.load()
        yield region
        with region_context(region):
            sample.clear()
            assert not Snapshot.objects.exists()
            Event.objects.filter(topic__startswith="budget.").delete()
            own = User.objects.filter(email=EMAIL)
            Membership.objects.filter(user__in=own).delete()
            own._raw_delete("default")  # the operators' log, which Django would ask, is elsewhere


@pytest.fixture(scope="module")
def session(city: Region) -> str:
    """The session of who publishes the budget."""
    with region_context(city):
        user = User.objects.create_user(email=EMAIL, name="Keuangan Uji")
        grant_role(user=user, role="coordinator")
    client = CityClient(city)
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def home(session: str) -> Iterator[str]:
    with serving() as port:
        yield f"http://tangerang.localhost:{port}"


@pytest.fixture(scope="module")
def chromium(home: str) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def visit(chromium: Browser, home: str, path: str, session: str = "", **options: object) -> Page:
    """Open a page in a fresh profile, on a phone unless told otherwise."""
    context = chromium.new_context(locale="id-ID", **{"viewport": PHONE, **options})  # type: ignore[arg-type]  # any option
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": home}])
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]  # read by the test
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"{home}{path}", wait_until="load", timeout=30_000)
    return page


def sound(page: Page) -> None:
    """Fail on anything that WCAG 2.2 forbids, on sideways scrolling, and on a script's error."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.faults == []  # type: ignore[attr-defined]  # set by visit


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def test_from_the_whole_to_the_lines(chromium: Browser, home: str) -> None:
    page = visit(chromium, home, "/budget/")
    expect(page.locator(".tree__tile").first).to_be_visible()
    expect(page.locator(".tree__label").first).to_be_hidden()
    sound(page)
    shot(page, "overview-360")
    page.locator(".tree a").first.click()
    expect(page.locator("h1")).to_contain_text("Dinas Pendidikan")
    expect(page.locator("[data-print]")).to_be_visible()
    sound(page)
    shot(page, "agency-360")
    page.locator(".money tbody tr:not(.money__branch) a").first.click()
    expect(page.locator("table.money tbody tr").first).to_contain_text("5.")
    sound(page)
    page.goto(f"{home}/budget/changes/")
    sound(page)
    shot(page, "changes-360")
    page.context.close()

    page = visit(chromium, home, "/budget/?by=account", viewport=DESKTOP)
    expect(page.locator(".tree__label").first).to_be_visible()
    shot(page, "accounts-1280")
    page.locator("input[name=q], a[href='/budget/search/']").first.click()
    page.fill("#q", "dinas pendidikan")
    page.keyboard.press("Enter")
    expect(page.locator(".item__title").first).to_contain_text("Dinas Pendidikan")
    shot(page, "search-1280")
    if SHOTS:
        for name, path in (
            ("overview", "/budget/"),
            ("agency", "/budget/agencies/1.03.0.00.0.00.04.0000/"),
        ):
            page.goto(f"{home}{path}")
            shot(page, f"{name}-1280")
    page.context.close()


def test_an_officer_takes_a_state_back_and_publishes_it_again(
    chromium: Browser, home: str, session: str
) -> None:
    page = visit(chromium, home, "/desk/budget/", session)
    sound(page)
    shot(page, "desk-360")
    page.goto(f"{home}/desk/budget/states/")
    sound(page)
    page.locator("a[href$='/withdraw/']").first.click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/desk/budget/states/")
    page.locator("a[href$='/publish/']").first.click()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/desk/budget/states/")
    expect(page.locator("a[href$='/withdraw/']")).to_have_count(5)
    if SHOTS:
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a size
        for name, path in (
            ("desk", ""),
            ("over", "over/"),
            ("late", "late/"),
            ("states", "states/"),
        ):
            page.goto(f"{home}/desk/budget/{path}")
            shot(page, f"{name}-1280")
    page.context.close()
