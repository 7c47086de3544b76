"""The citizen's way from the whole to the lines in a real browser, and the officer's lists."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.outbox.models import Event
from balai.ui.tests.browser import launched, needs_browser, serving
from modules.budget import sample
from modules.budget.models import Snapshot
from tests.support import browsing
from tests.support.browsing import DESKTOP, SHOTS, shot, sound, visit
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
EMAIL = "keuangan-uji@contoh.test"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with a sample budget; undone at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            sample.load()
        yield region
        with region_context(region):
            sample.clear()
            assert not Snapshot.objects.exists()
            Event.objects.filter(topic__startswith="budget.").delete()
            browsing.forget(User.objects.filter(email=EMAIL))


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
