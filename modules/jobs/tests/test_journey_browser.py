"""From an employer's vacancy to a citizen with work, on a phone of 360 px, in a real browser."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.directory.models import Area
from balai.outbox.models import Event
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from balai.workcal.models import Clock
from modules.jobs.models import Application, Employer, Seeker, Vacancy
from modules.jobs.services import employers, profiles
from modules.jobs.tests.conftest import person, registration
from tests.support import browsing
from tests.support.browsing import SHOTS
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
PHONE = {"width": 360, "height": 740}
MAIL = "perjalanan-kerja.test"
ROLES = ("boss", "officer", "citizen")
TITLE = "Penjahit Tas Kulit"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Region]:
    """Kota Tangerang; what the journey stores is taken away at the end."""
    with browsing.committed(django_db_blocker) as region:
        yield region
        with region_context(region):
            Application.objects.all().delete()
            Vacancy.objects.all().delete()
            for model in (Employer, Seeker):
                model.objects.all().delete()
            Clock.objects.filter(kind__startswith="jobs.").delete()
            Event.objects.filter(topic__startswith="jobs.").delete()
            browsing.forget(User.objects.filter(email__endswith=MAIL))


@pytest.fixture(scope="module")
def sessions(city: Region) -> dict[str, str]:
    """The sessions of a recruiter, an officer and somebody who looks for work."""
    with region_context(city):
        boss, officer, citizen = (
            User.objects.create_user(email=f"{name}@{MAIL}", name=f"Uji {name}") for name in ROLES
        )
        grant_role(user=officer, role="placement_officer")
        firm = employers.register(told=registration(name="CV Tas Lestari"), by=boss)
        employers.verify(employer=firm, by=officer)
        profiles.save(user=citizen, told=person())
    found = {}
    for name, user in zip(ROLES, (boss, officer, citizen), strict=True):
        client = CityClient(city)
        client.force_login(user)
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture(scope="module")
def area(city: Region) -> str:
    """The key of a kelurahan, as the form offers it."""
    with region_context(city):
        return str(Area.objects.filter(kind=Area.Kind.VILLAGE).earliest("pk").pk)


@pytest.fixture(scope="module")
def port(sessions: dict[str, str], area: str) -> Iterator[int]:
    with serving() as number:
        yield number


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def phone_of(chromium: Browser, port: int, sessions: dict[str, str]) -> Iterator[Callable]:
    """Return a function that opens a page of the site on somebody's phone."""
    home = f"http://tangerang.localhost:{port}"
    opened: dict[str, BrowserContext] = {}

    def visit(who: str, path: str) -> Page:
        if who not in opened:
            opened[who] = chromium.new_context(viewport=PHONE, service_workers="block")
            opened[who].set_default_timeout(PATIENCE)
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sessions[who], "url": home}
            opened[who].add_cookies([cookie])  # type: ignore[list-item]  # a plain cookie
        page = opened[who].new_page()
        page.goto(home + path)
        return page

    yield visit
    for context in opened.values():
        context.close()


def look(page: Page, name: str) -> None:
    """Nothing is wider than the phone, and axe finds no fault."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    faults = Axe().run(page, options=RULES).response["violations"]
    assert [(f["id"], [n["html"][:160] for n in f["nodes"][:3]]) for f in faults] == []
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/jobs-{name}.png", full_page=True)


def test_from_a_vacancy_to_work(phone_of: Callable, area: str) -> None:
    boss = phone_of("boss", "/jobs/employers/")
    boss.locator("main a.btn[href$='/new/']").first.click()
    told = {"title": TITLE, "description": "Menjahit tas kulit dengan mesin jarum satu.",
            "headcount": "1", "pay_min": "4.750.000",
            "valid_until": f"{date.today() + timedelta(days=20):%Y-%m-%d}"}  # fmt: skip
    for name, text in told.items():
        boss.locator(f"main [name={name}]").fill(text)
    boss.locator("[name=occupation]").select_option("7")
    boss.locator("[name=area]").select_option(area)
    boss.locator("button[name=submit][value='1']").click()
    expect(boss.locator(".chip--amber").first).to_be_visible()
    vacancy = boss.url

    desk = phone_of("officer", "/desk/jobs/vacancies/")
    look(desk, "queue")
    desk.get_by_role("link", name=TITLE).click()
    desk.locator("form:has(input[name=do][value=publish]) button").click()
    expect(desk.locator(".chip--green").first).to_be_visible()

    citizen = phone_of("citizen", "/jobs/")
    citizen.locator("#q").fill("jahit kulit")
    citizen.locator("#q").press("Enter")
    look(citizen, "found")
    citizen.get_by_role("link", name=TITLE).click()
    citizen.locator("form.dock[action$='/apply/'] button").click()
    citizen.locator("[name=letter]").fill("Saya penjahit tas selama tiga tahun.")
    citizen.locator("main form button[type=submit]").click()
    citizen.wait_for_url("**/jobs/applications/*/")

    boss.goto(vacancy)
    boss.locator("a[href*='/jobs/applicants/']:visible").first.click()
    expect(boss.locator("blockquote")).to_contain_text("tiga tahun")
    boss.locator("a[href^='?do=hire']").click()
    boss.locator("#do button[type=submit]").click()
    expect(boss.locator(".chip--green").first).to_be_visible()

    citizen.reload()
    expect(citizen.locator("header .chip--green")).to_be_visible()
    expect(citizen.locator(".track > li").first).to_have_class("is-green")
    look(citizen, "hired")
    citizen.goto(citizen.url.split("/jobs/")[0] + "/jobs/?q=jahit+kulit")
    expect(citizen.locator("main .empty")).to_be_visible()  # its only place is taken
