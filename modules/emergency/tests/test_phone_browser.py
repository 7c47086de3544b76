"""What a phone's browser makes of it: the button held and cancelled, steps without a network."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.directory.models import Agency
from balai.outbox.models import Event
from balai.ui.tests.browser import PATIENCE, RULES, asking, launched, needs_browser, serving
from modules.emergency.models import Call, Category, Draft, Incident, Leg, Shift, Stamp, Unit
from modules.emergency.services.dispatching import send
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType
from tests.support import browsing
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
PHONE = {"width": 360, "height": 740}
PLACE = {"latitude": -6.1781, "longitude": 106.63, "accuracy": 15}


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang; what these tests store is taken away at the end."""
    with browsing.committed(django_db_blocker) as region:
        yield region
        with region_context(region):
            for model in (Stamp, Leg, Shift, Call, Draft, Incident):
                model.objects.all().delete()
            Unit.objects.filter(callsign="Uji HP 1").delete()
            Category.objects.filter(slug__in=("uji-hp", "tombol-darurat")).delete()
            Event.objects.filter(topic__startswith="emergency.").delete()
            browsing.forget(User.objects.filter(email__startswith="hp-112"))


@pytest.fixture(scope="module")
def port(city: Region) -> Iterator[int]:
    with serving() as number:
        yield number


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def ask(city: Region) -> Callable[[Callable], object]:
    return asking(city)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that tells where it is."""
    context = chromium.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="id-ID",
        permissions=["geolocation"], geolocation=PLACE, service_workers="block",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def visit(phone: BrowserContext, port: int, path: str) -> Page:
    page = phone.new_page()
    page.clock.install()
    page.goto(f"http://tangerang.localhost:{port}{path}", wait_until="load")
    return page


def middle(page: Page) -> dict[str, float]:
    """Return where the button is."""
    button = page.locator("[data-panic-hold]")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def touch(session: CDPSession, kind: str, points: list[dict[str, float]]) -> None:
    """Lay a finger on the page, or lift it."""
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def hold(page: Page) -> None:
    """Hold the button with the mouse for three seconds of the page's own clock."""
    page.mouse.move(**middle(page))
    page.mouse.down()
    page.clock.run_for(3_200)
    page.mouse.up()


def check(page: Page) -> None:
    faults = Axe().run(page, options=RULES).response["violations"]
    assert [(f["id"], [n["html"][:160] for n in f["nodes"][:3]]) for f in faults] == []


def test_the_button_is_held_cancelled_sent_and_says_when_it_could_not(
    phone: BrowserContext, port: int, ask: Callable
) -> None:
    page = visit(phone, port, "/emergency/")
    check(page)
    page.locator("[data-panic-hold]").click()
    expect(page.locator("[data-panic-hint]")).not_to_be_empty()
    expect(page.locator("[data-panic-count]")).to_be_hidden()
    # The finger is lifted where Cancel is by then: it does not press it.
    touched, place = phone.new_cdp_session(page), middle(page)
    touch(touched, "touchStart", [place])
    page.clock.run_for(3_200)
    expect(page.locator("[data-panic-count]")).to_be_visible()
    touch(touched, "touchEnd", [])
    page.clock.run_for(1_000)
    expect(page.locator("[data-panic-count]")).to_be_visible()
    expect(page.locator("[data-panic-call]")).to_be_visible()
    page.locator("[data-panic-cancel]").tap()
    expect(page.locator("[data-panic-cancelled]")).to_be_visible()
    assert ask(lambda: list(Call.objects.values_list("kind", "incident"))) == [("ghost", None)]

    # A key goes on repeating after the three seconds: neither Cancel nor a call is pressed by it.
    page.locator("[data-panic-hold]").focus()
    page.keyboard.down("Enter")
    page.clock.run_for(3_200)
    expect(page.locator("[data-panic-count]")).to_be_focused()
    for key in ("Enter", "Space"):
        page.keyboard.down(key)
        page.keyboard.down(key)
        page.keyboard.up(key)
    expect(page.locator("[data-panic-count]")).to_be_visible()
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-panic-cancelled]")).to_be_visible()
    assert ask(lambda: set(Call.objects.values_list("kind", "incident"))) == {("ghost", None)}

    phone.set_offline(True)
    hold(page)
    expect(page.locator("[data-panic-failed]")).to_be_visible()
    expect(page.locator("[data-panic-failed] a[href='tel:112']")).to_be_focused()
    page.locator("[data-panic-again]").click()
    expect(page.locator("[data-panic-tries]")).to_contain_text("1")
    assert ask(Call.objects.count) == 2
    phone.set_offline(False)
    page.clock.run_for(5_100)
    page.wait_for_url("**/emergency/call/**")
    check(page)
    incident = ask(lambda: Incident.objects.get(calls__channel="panic", calls__kind="normal"))
    assert (round(incident.latitude, 4), incident.accuracy) == (-6.1781, 15)
    assert incident.number not in page.content()


def test_steps_without_a_network_arrive_with_their_times(
    phone: BrowserContext, port: int, ask: Callable, city: Region
) -> None:
    number, cookie = ask(lambda: sent_out(city))
    phone.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": f"http://tangerang.localhost:{port}",
            }
        ]
    )
    page = visit(phone, port, "/desk/emergency/crew/")
    expect(page.get_by_text(number)).to_be_visible()
    check(page)
    phone.set_offline(True)
    page.clock.fast_forward(60_000)
    for name in ("acknowledge", "depart"):
        page.locator(f"[data-step={name}][data-first] button").click()
        page.clock.fast_forward(120_000)
    waiting = page.locator("[data-crew-lines] > li")
    expect(waiting).to_have_count(2)
    expect(page.locator("[data-step=arrive][data-first]")).to_be_visible()
    page.locator("summary", has=page.locator("text=/catatan/i")).click()
    page.locator("form[data-pressed] textarea").fill("Jalan tertutup banjir")
    page.locator("form[data-pressed] button[type=submit]").click()
    expect(waiting).to_have_count(3)
    page.locator(".toast__close").first.click()
    phone.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.clock.run_for(3_000)
    expect(waiting).to_have_count(0)
    expect(page.locator("[data-crew-panel][data-state=en_route]")).to_be_visible()
    assert page.locator(".toast").count() <= 1, "steps are told by the panel, nothing lies over it"
    moments = ask(lambda: pressed_at(number))
    assert set(moments) == {"acknowledge", "depart"}
    assert all(at <= timezone.now() for at in moments.values())
    noted = ask(lambda: Stamp.objects.get(incident__number=number, what="note").at)
    assert moments["depart"] < noted, "a note has its own time, too"


def pressed_at(number: str) -> dict[str, datetime]:
    """Return when the crew's steps were made, as the record has it."""
    made = Stamp.objects.filter(incident__number=number, what__in=("acknowledge", "depart"))
    return dict(made.values_list("what", "at"))


def sent_out(city: Region) -> tuple[str, str]:
    """Send a unit to a fire an hour ago; return the incident's number and its crew's session."""
    agency = Agency.objects.filter(parent__isnull=False).order_by("pk").first()
    people = [User.objects.create_user(email=f"hp-112-{n}@contoh.test", name="Uji") for n in "ab"]
    grant_role(user=people[0], role="dispatcher")
    grant_role(user=people[1], role="crew", agency=agency)
    unit = Unit.objects.create(callsign="Uji HP 1", kind="fire", agency=agency)
    Shift.objects.create(unit=unit, user=people[1])
    fire = Category.objects.create(
        slug="uji-hp", label_id="Kebakaran", label_en="Fire", icon="flame"
    )
    earlier = timezone.now() - timedelta(hours=1)
    told = Told(
        key=uuid.uuid4(), kind=CallType.NORMAL, answered_at=earlier, category=fire,
        text="Api di lantai dua.", address="Jalan Kenari 12", pin=(-6.178, 106.63),
    )  # fmt: skip
    incident = take(told=told, taker=people[0], now=earlier).incident
    assert incident is not None
    send(unit=unit, incident=incident, by=people[0], now=earlier)
    client = CityClient(city)
    client.force_login(people[1])
    return incident.number, client.cookies[settings.SESSION_COOKIE_NAME].value
