"""A real browser before the whole stack of processes."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import platform, region_context
from balai.directory.models import Agency
from balai.ui.tests.browser import CHROMIUM, PATIENCE, RULES, launched
from tenants import directory
from tests.support import database
from tests.support.stack import Stack, running

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
PASSWORD = "sandi-untuk-uji-coba"
PEOPLE = (
    ("coordinator", "", "Koordinator Uji"),
    ("officer", "dishub", "Petugas Dishub Uji"),
    ("leader", "", "Wali Kota Uji"),
    ("admin", "", "Admin Uji"),
    ("call_taker", "", "Operator 112 Uji"),
    ("dispatcher", "", "Dispatcher 112 Uji"),
    ("crew", "dinkes", "Kru Ambulans Uji"),
)
SHOTS = os.environ.get("BALAI_SHOTS", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark journeys, and skip them only where that is allowed."""
    here = str(Path(__file__).parent)
    for item in items:
        if not str(item.path).startswith(here):
            continue
        item.add_marker(pytest.mark.e2e)
        if not CHROMIUM and not os.environ.get("BALAI_REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session")
def stack(django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """The whole product as processes, with two open cities and their people."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    manager = running(f"balai_journeys_{worker}", own_valkey=True, prepare=invite_people)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        stack = manager.__enter__()
    yield stack
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        manager.__exit__(None, None, None)


def invite_people() -> None:
    """Give Kota Tangerang officers, a mayor, and people of its emergency centre."""
    for role, agency, name in PEOPLE:
        with platform():
            region = directory.by_schema("r_tangerang")
        assert region is not None
        with region_context(region):
            user = User.objects.create_user(email=address(role), name=name, password=PASSWORD)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            held = Agency.objects.get(code=agency) if agency else None
            grant_role(user=user, role=role, agency=held)


@pytest.fixture
def ask(django_db_blocker: pytest.FixtureRequest) -> Callable[[Callable], object]:
    """Return a function that asks a city's database: in a thread, beside Playwright's loop."""

    mine = settings.DATABASES["default"]["NAME"]
    theirs = f"balai_journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"

    def inside(question: Callable, city: str) -> object:
        database.use(theirs)
        try:
            with platform():
                region = directory.by_schema(f"r_{city}")
            assert region is not None
            with region_context(region):
                return question()
        finally:
            database.use(mine)

    def run(question: Callable, city: str = "tangerang") -> object:
        with django_db_blocker.unblock(), ThreadPoolExecutor(1) as thread:  # type: ignore[attr-defined]  # pytest-django's own object
            return thread.submit(inside, question, city).result()

    return run


@pytest.fixture(scope="module")
def browser(stack: Stack) -> Iterator[Browser]:
    """Headless Chromium of the system; after the stack, whose making asks the database.

    It ends with its module: while Playwright runs, its event loop counts as running in this
    thread, and Django refuses the database to every other test of the worker.
    """
    with launched() as browser:
        yield browser


@pytest.fixture
def sign_in(stack: Stack) -> Callable[[Page, str], None]:
    """Return a function that signs a page's visitor in as one of PEOPLE."""

    return lambda page, role: enter(page, stack, role)


def enter(page: Page, stack: Stack, role: str) -> None:
    """Sign a page's visitor in at Kota Tangerang as one of PEOPLE."""
    page.goto(stack.url("/accounts/login/", "tangerang"))
    page.locator("[name=login]").fill(address(role))
    page.locator("main details summary").first.click()
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)


def address(role: str) -> str:
    """Return the e-mail address of one of PEOPLE."""
    return f"{role}@uji.tangerangkota.go.id"


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a fresh browser profile: a phone or a desktop.

    With BALAI_SHOTS set, each profile's last page is kept there: what a failed test saw.
    """
    contexts: list[BrowserContext] = []

    def open_page(*, phone: bool = False, **options: object) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            has_touch=phone,
            is_mobile=phone,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.faults = []  # type: ignore[attr-defined]  # read by the tests
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield open_page
    for number, context in enumerate(contexts):
        if SHOTS:
            name = f"{SHOTS}/last-{request.node.name}-{number}.png"
            context.pages[0].screenshot(path=name, full_page=True)
        context.close()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The accessibility checker."""
    return Axe()


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Return a function that keeps a screenshot where BALAI_SHOTS says, if it says so."""

    def keep(page: Page, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)

    return keep


@pytest.fixture
def accessible(axe: Axe) -> Callable[[Page], None]:
    """Return a function that fails on any violation of WCAG 2.2 A and AA."""

    def check(page: Page) -> None:
        found = axe.run(page, options=RULES).response["violations"]
        faults = [(f["id"], [n["html"][:160] for n in f["nodes"][:3]]) for f in found]
        assert faults == [], page.url

    return check
