"""The call taker's keyboard in a real browser: noise, an emergency, a closed window."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.directory.models import Area
from balai.outbox.models import Event
from balai.ui.tests.browser import asking, launched, needs_browser, serving
from modules.emergency.models import Call, Counter, Draft, Incident, Stamp
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, SHOTS, sound
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
RING = [[106.5, -6.3], [106.8, -6.3], [106.8, -6.05], [106.5, -6.05], [106.5, -6.3]]
EMAIL = "penerima-112@contoh.test"
NUMBER = "081299990112"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with a drawn kecamatan; what is stored is taken away at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            _draw({"type": "Polygon", "coordinates": [RING]})
        yield region
        with region_context(region):
            _draw(None)
            for model in (Stamp, Call, Draft, Incident, Counter):
                model.objects.all().delete()
            Event.objects.filter(topic__startswith="emergency.").delete()
            browsing.forget(User.objects.filter(email=EMAIL))


def _draw(shape: object) -> None:
    first = Area.objects.filter(kind=Area.Kind.DISTRICT).earliest("pk")
    Area.objects.filter(pk=first.pk).update(boundary=shape, boundary_changed_at=timezone.now())


@pytest.fixture(scope="module")
def session(city: Region) -> str:
    """The session of a call taker."""
    with region_context(city):
        user = User.objects.create_user(email=EMAIL, name="Penerima Uji")
        grant_role(user=user, role="call_taker")
    client = CityClient(city)
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def port(session: str) -> Iterator[int]:
    with serving() as number:
        yield number


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def ask(city: Region) -> Callable[[Callable], object]:
    return asking(city)


def visit(chromium: Browser, port: int, session: str, **options: object) -> Page:
    """Open the screen between two calls in a fresh profile of the taker."""
    home, told = f"http://tangerang.localhost:{port}", {"viewport": DESKTOP, **options}
    return browsing.visit(chromium, home, "/desk/emergency/take/", session, **told)


def answer(page: Page) -> None:
    """Answer by the key A; the form waits for a digit, not inside a field."""
    page.keyboard.press("a")
    expect(page.locator("#call[data-started]")).to_be_visible()
    expect(page.locator(".call__noise")).to_be_focused()


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page="360" in name)


def test_noise_by_one_key_undone_by_one_key(
    chromium: Browser, port: int, session: str, ask: Callable
) -> None:
    page = visit(chromium, port, session)
    shot(page, "start")
    answer(page)
    page.keyboard.press("2")
    undo = page.locator("form[action$='/undo/']")
    expect(undo).to_be_visible()
    assert ask(lambda: list(Call.objects.values_list("kind", flat=True))) == ["prank"]
    page.keyboard.press("u")
    expect(page.locator("[data-call]")).to_be_visible()
    expect(page.locator("#call[data-started]")).to_be_visible()
    page.keyboard.type("0812")
    expect(page.locator("[name=number]")).to_have_value("0812")
    page.keyboard.press("Alt+4")
    expect(undo).to_be_visible()
    assert ask(lambda: list(Call.objects.values_list("kind", flat=True))) == ["test"]
    answer(page)
    page.locator("[data-keys-open]").click()
    page.locator("[data-keys-toggle]").uncheck(force=True)
    page.keyboard.press("Escape")
    page.locator(".call__noise").focus()
    page.keyboard.press("1")
    page.keyboard.press("Alt+1")
    page.wait_for_timeout(150)
    assert ask(Call.objects.count) == 1, "keys are switched off in this browser"
    page.context.close()


def test_an_emergency_by_the_keyboard_alone(
    chromium: Browser, port: int, session: str, ask: Callable
) -> None:
    page = visit(chromium, port, session, color_scheme="dark")
    answer(page)
    page.keyboard.press("k")
    page.keyboard.type("kebak")
    question = page.locator("[data-script=kebakaran]")
    expect(question).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("[name=address]")).to_be_focused()
    page.keyboard.type("Jalan Daan Mogot 12")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator("[data-call]")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    question.locator("input[value=yes]").first.check(force=True)
    page.locator(".pin__area").first.wait_for(state="attached")
    page.locator("[data-pin-map]").click(position={"x": 120, "y": 110})
    expect(page.locator("[name=source]")).to_have_value("map")
    page.locator("[name=text]").focus()
    page.keyboard.type("Api besar")
    expect(page.locator("[data-hints-here] .icon").first).to_be_visible()
    sound(page)
    shot(page, "form-dark-1280")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/calls/**")
    expect(page.locator("h1")).to_contain_text("112-TNG-")
    shot(page, "call-dark-1280")
    row = ask(lambda: Incident.objects.get(address="Jalan Daan Mogot 12"))
    assert (row.text, row.source, row.category_id is not None) == ("Api besar", "map", True)
    assert "yes" in row.answers.values()
    answer(page)
    page.keyboard.press("l")
    page.keyboard.type("Daan Mogot 12")
    second = page.locator(f"[data-hints-here] input[value='{row.uuid}']")
    second.check(force=True)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/calls/**")
    assert ask(lambda: Call.objects.filter(incident=row).count()) == 2
    page.context.close()


def test_a_closed_window_and_a_lost_connection_lose_nothing(
    chromium: Browser, port: int, session: str, ask: Callable
) -> None:
    page = visit(chromium, port, session, viewport=PHONE)
    answer(page)
    page.locator("[name=address]").fill("Gang KANARI 3")
    sound(page)
    shot(page, "form-360")
    ask(lambda: Draft.objects.update(saved_at=timezone.now() - timedelta(minutes=1)))
    page.locator("[name=landmark]").fill("Dekat masjid KANARI")
    with page.expect_response("**/keep/"):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.goto("about:blank")
    fresh = timezone.now() - timedelta(seconds=30)
    kept = Draft.objects.filter(saved_at__gte=fresh).exists
    assert any(ask(kept) or page.wait_for_timeout(100) for _ in range(100)), "sent as it closed"
    page.context.close()
    page = visit(chromium, port, session, viewport=PHONE, color_scheme="dark")
    line = page.get_by_text("Gang KANARI 3")
    expect(line).to_be_visible()
    sound(page)
    shot(page, "start-dark-360")
    line.click()
    expect(page.locator("[name=address]")).to_have_value("Gang KANARI 3")
    expect(page.locator("[name=landmark]")).to_have_value("Dekat masjid KANARI")
    page.locator("[name=category][value=kebakaran]").check(force=True)
    page.context.set_offline(True)
    page.locator("[data-send]").click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("[name=address]")).to_have_value("Gang KANARI 3")
    page.context.set_offline(False)
    page.wait_for_url("**/calls/**")
    assert ask(lambda: Incident.objects.filter(address="Gang KANARI 3").count()) == 1
    assert ask(lambda: Draft.objects.filter(key__in=Call.objects.values("key")).count()) == 0
    page.context.close()
