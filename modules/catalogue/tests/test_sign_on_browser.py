"""One account for every app, in a real browser: two apps as processes of their own.

App A is written with Authlib, app B with mozilla-django-oidc. A citizen opens A by its tile, signs
in at the city once, agrees once, and then opens B without signing in again.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.idp.oidc.models import Client
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from playwright.sync_api import Page, expect

from balai.accounts.models import User
from balai.context import Region, platform, region_context
from balai.embedded import ports
from balai.outbox.models import Event
from balai.signon import clients
from balai.signon.models import SigningKey
from balai.signon.tests import processes
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from modules.catalogue.models import App
from modules.catalogue.states import Category, SignOn, State
from tenants import directory

pytestmark = [pytest.mark.e2e, needs_browser]
SHOTS = os.environ.get("BALAI_SHOTS", "")
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
EMAIL = "satu-akun@contoh.test"
APPS = {"with_authlib": "Aplikasi A", "with_mozilla": "Aplikasi B"}


@pytest.fixture(scope="module")
def home(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[str]:
    """Kota Tangerang with a citizen, two connected apps, and their tiles; undone at the end."""
    folder, before = tmp_path_factory.mktemp("apps"), settings.APEX_HOST
    with django_db_blocker.unblock(), ExitStack() as stack:  # type: ignore[attr-defined]  # pytest-django's own
        port = stack.enter_context(serving())
        settings.APEX_HOST = f"localhost:{port}"
        directory.invalidate()
        with platform():
            region = directory.by_schema("r_tangerang")
        assert region is not None
        with region_context(region):
            _citizen()
            for name, title in APPS.items():
                _connect(stack, region, name, title, folder)
        yield region.base_url
        with region_context(region):
            _forget()
        settings.APEX_HOST = before
        directory.invalidate()


def _citizen() -> None:
    user = User.objects.create_user(email=EMAIL, name="Siti Aminah")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)


def _connect(stack: ExitStack, region: Region, name: str, title: str, folder: Path) -> None:
    """Register an app, start it, and give it a tile."""
    port = ports.unused()
    address = f"http://127.0.0.1:{port}/"
    client, secret = clients.register(
        app=clients.App(
            name=title, redirect_uris=[f"{address}{processes.CALLBACKS[name]}"],
            logout_uris=[address], scopes=["openid", "profile", "email"],
        )
    )  # fmt: skip
    stack.enter_context(processes.app(
        name, base=region.base_url, port=port, client_id=client.pk, secret=secret, folder=folder
    ))  # fmt: skip
    App.objects.create(
        slug=name.replace("_", "-"), name=title, category=Category.PERMITS, state=State.LIVE,
        url=address, login_address=f"{address}masuk", sign_on=SignOn.OIDC, client_id=client.pk,
        on_home=True, probed=False,
    )  # fmt: skip


def _forget() -> None:
    App.objects.all().delete()
    Client.objects.all().delete()
    SigningKey.objects.all().delete()
    Event.objects.filter(topic__startswith="signon.").delete()
    EmailAddress.objects.filter(email=EMAIL).delete()
    own = User.objects.filter(email=EMAIL)
    own._raw_delete("default")  # the operators' log, which Django would ask, is elsewhere


@pytest.fixture(scope="module")
def page(home: str) -> Iterator[Page]:
    with launched() as browser:
        context = browser.new_context(locale="id-ID", viewport=PHONE)  # type: ignore[arg-type]  # a size
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def sound(page: Page) -> None:
    """Fail on anything that WCAG 2.2 forbids, and on sideways scrolling."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-360.png", full_page=True)
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # a size
        page.screenshot(path=f"{SHOTS}/{name}-1280.png", full_page=True)
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a size


def sign_in(page: Page) -> None:
    """Sign in at the city by a mailed code."""
    mail.outbox = []
    page.locator("[name=login]").fill(EMAIL)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_selector("[name=code]")
    code = re.findall(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    page.locator("[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()


def open_tile(page: Page, home: str, name: str) -> None:
    page.goto(home)
    page.locator(".tiles a", has_text=name).click()


def agree(page: Page, city: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(f"{city}/identity/o/authorize")))
    page.locator("button[name=action][value=grant]").click()


def test_one_account_for_two_apps(page: Page, home: str) -> None:
    open_tile(page, home, "Aplikasi A")
    sign_in(page)
    expect(page.locator("button[value=grant]")).to_be_visible()
    sound(page)
    shot(page, "consent")
    agree(page, home)
    expect(page.locator("#name")).to_have_text("Siti Aminah")
    first = page.locator("#sub").inner_text()

    open_tile(page, home, "Aplikasi B")
    agree(page, home)
    expect(page.locator("#name")).to_have_text("Siti Aminah")
    assert page.locator("#sub").inner_text() != first, "each app knows another number"

    open_tile(page, home, "Aplikasi A")
    expect(page.locator("#sub")).to_have_text(first)
    a_page = page.url
    page.goto(f"{a_page}refresh")
    assert f'"rotated": true, "sub": "{first}"' in page.content()

    page.goto(f"{home}/accounts/apps/")
    expect(page.locator("main li")).to_have_count(2)
    sound(page)
    shot(page, "mine")
    page.goto(f"{a_page}keluar")
    page.locator("button[value=logout]").click()
    expect(page).to_have_url(a_page)
    expect(page.get_by_text("Belum masuk")).to_be_visible()
    page.goto(f"{home}/accounts/")
    expect(page.locator("[name=login]")).to_be_visible()
