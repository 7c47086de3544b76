"""From the market to the citizen in a real browser: typed on a phone, verified, published, read."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.outbox.models import Event
from balai.ui.tests.browser import launched, needs_browser, serving
from modules.prices.models import Market, Publication, Round, Variety
from modules.prices.services import publishing, taking_in
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, shot, sound, visit
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
PEOPLE = {"enumerator": "petugas-harga@contoh.test", "validator": "validator-harga@contoh.test"}
GOODS = {"beras-medium-1": 13_000, "cabai-merah-keriting": 48_000, "gula-pasir-lokal": 17_000}


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with one market and three goods, published yesterday; undone at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            market = Market.objects.get(slug="anyar")
            others = list(Market.objects.filter(active=True).exclude(pk=market.pk))
            resting = list(Variety.objects.filter(active=True).exclude(slug__in=GOODS))
            _rest(others, resting, active=False)
            _yesterday(market)
        yield region
        with region_context(region):
            Publication.objects.all().delete()
            Round.objects.all().delete()
            _rest(others, resting, active=True)
            Event.objects.filter(topic__startswith="prices.").delete()
            browsing.forget(User.objects.filter(email__in=PEOPLE.values()))


def _rest(markets: list[Market], goods: list[Variety], *, active: bool) -> None:
    Market.objects.filter(pk__in=[one.pk for one in markets]).update(active=active)
    Variety.objects.filter(pk__in=[one.pk for one in goods]).update(active=active)


def _yesterday(market: Market) -> None:
    day = timezone.localdate() - timedelta(days=1)
    goods = Variety.objects.filter(slug__in=GOODS)
    taking_in.take_in(
        [taking_in.OldPrice(day, market.pk, one.pk, GOODS[one.slug]) for one in goods],
        source="Uji",
    )
    publishing.publish(day=day, by=None)


@pytest.fixture(scope="module")
def sessions(city: Region) -> dict[str, str]:
    """The sessions of who asks and who checks."""
    found = {}
    for role, email in PEOPLE.items():
        with region_context(city):
            user = User.objects.create_user(email=email, name=f"{role.title()} Uji")
            grant_role(user=user, role=role)
        client = CityClient(city)
        client.force_login(user)
        found[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture(scope="module")
def home(sessions: dict[str, str]) -> Iterator[str]:
    with serving() as port:
        yield f"http://tangerang.localhost:{port}"


@pytest.fixture(scope="module")
def chromium(home: str) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def _type_in(page: Page) -> None:
    """Ask at Pasar Anyar: rice as before, chilies far above, no sugar."""
    page.get_by_role("link", name="Pasar Anyar").click()
    fields = page.locator("[data-entry]")
    expect(fields).to_have_count(3)
    fields.nth(0).locator("[data-same]").click()
    expect(fields.nth(0).locator("[data-price]")).to_have_value("13000")
    chilies = fields.nth(1)
    chilies.locator("[data-price]").fill("60000")
    expect(chilies.locator("[data-again]")).to_be_visible()
    fields.nth(2).locator("[data-reason]").select_option("no_stock")
    page.locator("[data-hand-in]").click()
    expect(page.locator("[data-asking-says]")).to_be_visible()
    page.context.set_offline(True)
    chilies.locator("[name^=again_]").fill("60.000")
    chilies.locator("[name^=why_]").fill("Panen gagal")
    page.evaluate("scrollTo(0, 0)")  # else the bar lies over half a button
    sound(page)
    shot(page, "entry-360")
    page.locator("[data-hand-in]").click()
    expect(page.locator(".toast")).to_be_visible()
    expect(chilies.locator("[data-price]")).to_have_value("60000")
    page.context.set_offline(False)
    page.goto(page.url.replace("anyar/", ""), wait_until="load")
    expect(
        page.locator(".chip", has_text="Menunggu verifikasi").or_(page.locator(".toast"))
    ).to_be_visible()
    page.reload()
    expect(page.locator("main")).to_contain_text("Menunggu verifikasi")


def test_from_the_market_to_the_citizen(
    chromium: Browser, home: str, sessions: dict[str, str]
) -> None:
    page = visit(chromium, home, "/desk/prices/enter/", sessions["enumerator"])
    _type_in(page)
    page.context.close()

    page = visit(chromium, home, "/desk/prices/", sessions["validator"], viewport=DESKTOP)
    page.get_by_role("link", name="Pasar Anyar").click()
    expect(page.locator("main")).to_contain_text("Panen gagal")
    shot(page, "round-1280")
    page.locator("form[action$='/verify/'] button").click()
    page.goto(f"{home}/desk/prices/")
    page.locator("form[action$='/publish/'] button").click()
    page.wait_for_url("**/desk/prices/?date=*")
    shot(page, "desk-1280")
    page.context.close()

    for size, name in ((PHONE, "360"), (DESKTOP, "1280")):
        page = visit(chromium, home, "/prices/", viewport=size)
        chilies = page.locator(".today tr", has_text="Cabai merah keriting")
        expect(chilies).to_contain_text("60.000")
        expect(chilies.locator(".delta.up")).to_contain_text("12.000")
        sugar = page.locator(".today tr", has_text="Gula pasir lokal")
        expect(sugar.locator(".age")).to_contain_text("H-1")
        if size is PHONE:
            sound(page)
        shot(page, f"citizen-{name}")
        page.context.close()
    page = visit(chromium, home, "/prices/goods/cabai-merah-keriting/")
    page.locator("#below").fill("45000")
    page.locator("form[action$='/watch/'] button").click()
    expect(page.locator("#how")).to_contain_text("45.000")
    sound(page)
    shot(page, "watch-360")
    page.context.close()
