"""The live room in a real browser: it follows, it forgets nothing, it fits a mayor's thumb."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import Membership, User
from balai.accounts.services import grant_role
from balai.context import Region, platform, region_context
from balai.directory.models import Agency, Area
from balai.outbox.models import Event
from balai.ui.tests.browser import asking, launched, needs_browser
from balai.workcal.models import Clock
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint
from modules.complaints.tests.crowd import many
from modules.liveroom.models import Instruction, Moment
from modules.liveroom.services import recording
from tenants import activation, directory
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, SHOTS, shot, sound
from tests.support.webserver import serve

pytestmark = [pytest.mark.e2e, needs_browser]
TV = {"width": 1920, "height": 1080}
PEOPLE = {"leader": "wali-uji@contoh.test", "agency_head": "kepala-uji@contoh.test"}
ROOM = "/desk/liveroom/"
WAITING = f"[hx-get='{ROOM}widget/complaints.Waiting/'] dd"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with a mayor, a head and some reports; emptied at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            cache.clear()
            _fill()
        yield region
        with region_context(region):
            _empty()


def _fill() -> None:
    agency = Agency.objects.get(code="dishub")
    for role, email in PEOPLE.items():
        user = User.objects.create_user(email=email, name=f"{role} Uji")
        grant_role(user=user, role=role, agency=agency if role == "agency_head" else None)
    report = told("Lampu jalan mati di depan sekolah sejak hari Minggu malam.")
    ruling = complaints.Ruling(agency=agency, category=report.category, title="Lampu sekolah mati")
    by = User.objects.get(email=PEOPLE["leader"])
    grant_role(user=by, role="coordinator")
    by = User.objects.get(pk=by.pk)
    report = complaints.verify_and_route(complaint=report, ruling=ruling, by=by)
    Membership.objects.filter(user=by, role="coordinator").delete()
    now = timezone.now()
    many(report, [
        {"created_at": now - timedelta(days=n + 3), "state": "resolved",
         "answered_at": now - timedelta(days=n + 2), "resolved_at": now - timedelta(days=n)}
        for n in range(1, 60)
    ])  # fmt: skip


def told(text: str) -> Complaint:
    """Send a report, as a citizen does."""
    area = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").earliest("pk")
    lamps = Category.objects.get(slug="lampu-jalan")
    draft = complaints.Draft(category=lamps, text=text, area=area, identity="anonymous")
    return complaints.report(draft=draft, photos=[]).complaint


def _empty() -> None:
    Moment.objects.all().delete()
    Instruction.objects.all().delete()
    Clock.objects.filter(subject__in=Complaint.objects.values("uuid")).delete()
    Complaint.objects.all().delete()
    Event.objects.filter(topic__regex=r"^(liveroom|complaints|notify|module)\.").delete()
    browsing.forget(User.objects.filter(email__in=PEOPLE.values()))
    cache.clear()


@pytest.fixture(scope="module")
def sessions(city: Region) -> dict[str, str]:
    """Each person's session."""
    return browsing.sessions(city, PEOPLE)


@pytest.fixture(scope="module")
def port(sessions: dict[str, str]) -> Iterator[int]:
    with serve(live=True) as number:
        yield number


@pytest.fixture(scope="module")
def chromium(port: int) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser, port: int, sessions: dict[str, str]) -> Callable[..., Page]:
    """Return a function that opens a page in a fresh profile of somebody."""

    def enter(role: str, path: str, **options: object) -> Page:
        home, told = (
            f"http://tangerang.localhost:{port}",
            {"timezone_id": "Asia/Jakarta", **options},
        )
        return browsing.visit(chromium, home, path, sessions[role], static=True, **told)

    return enter


@pytest.fixture
def ask(city: Region) -> Callable[[Callable], object]:
    return asking(city)


def switch(schema: str, enabled: bool) -> None:
    """Switch the reports of the city on or off, as its admin does."""
    with platform():
        activation.switch(directory.by_schema(schema), "complaints", enabled)
        directory.invalidate(schema)


def test_the_wall_follows_catches_up_after_a_lost_stream_and_loses_what_is_switched_off(
    visit: Callable, ask: Callable, city: Region
) -> None:
    wall = visit("leader", ROOM, viewport=DESKTOP)
    live = wall.locator("html")
    expect(live).to_have_attribute("data-live-state", "live")
    tile, fetched = wall.locator(WAITING), []
    wall.on("request", lambda request: fetched.append(request.url))
    before = int(tile.inner_text().split()[0])
    ask(lambda: told("Lampu kedua mati di simpang tiga sejak kemarin sore."))
    expect(tile).to_contain_text(f"{before + 1}")
    asked = [url for url in fetched if ROOM in url]
    assert len([url for url in asked if "/tiles/" in url]) == 1, "one request for all tiles"
    assert not any("/widget/" in url for url in asked)
    sound(wall)
    shot(wall, "wall-1280")

    wall.context.set_offline(True)
    expect(live).to_have_attribute("data-live-state", "offline")
    ask(lambda: told("Lampu ketiga mati di gang sempit sejak minggu lalu."))
    ask(lambda: told("Lampu keempat mati di taman kota sejak bulan lalu."))
    assert int(tile.inner_text().split()[0]) == before + 1
    wall.context.set_offline(False)
    expect(tile).to_contain_text(f"{before + 3}")
    expect(live).to_have_attribute("data-live-state", "live")

    try:
        ask(lambda: switch(city.schema, False))
        expect(wall.locator(WAITING)).to_have_count(0)
        expect(wall.locator("[hx-get*='emergency.UnitsFree']")).to_have_count(1)
    finally:
        ask(lambda: switch(city.schema, True))
    expect(wall.locator(WAITING)).to_have_count(1)
    wall.set_viewport_size(TV)
    shot(wall, "wall-1920", whole=False)
    wall.context.close()


@pytest.mark.soak  # test_city_as_one goes this way, too
def test_the_mayor_drills_down_and_instructs_by_thumb_and_the_head_answers(
    visit: Callable, ask: Callable
) -> None:
    ask(recording.record)
    page = visit("leader", ROOM)
    expect(page.locator(".burning__one").first).to_be_visible()
    assert page.locator(".burning__one").first.bounding_box()["height"] >= 44
    sound(page)
    shot(page, "now-360")
    page.locator(".burning__one[href*='part-complaints']").first.click()
    page.wait_for_url("**/agencies/**")
    sound(page)
    shot(page, "agencies-360")
    page.locator("#part-complaints .score__link").first.click()
    shot(page, "agency-360")
    page.locator("#cases tbody a").first.click()
    sound(page)
    shot(page, "case-360")
    # Two taps: "instruct", and after the words "give".
    page.locator(".lr-acts .btn").first.click()
    page.locator("[name=text]").fill("Selesaikan lampu sekolah minggu ini")
    shot(page, "instruct-360")
    page.locator("main form [type=submit]").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    at = urlsplit(page.url).path

    head = visit("agency_head", f"{ROOM}instructions/")
    expect(head.locator("html")).to_have_attribute("data-live-state", "live")
    shot(head, "instructions-360")
    head.goto(page.url + "?do=answer")
    head.locator("[name=text]").fill("Sudah menyala, foto menyusul.")
    head.locator("main #do [type=submit]").click()
    expect(head.locator(".track")).to_contain_text("Sudah menyala")
    sound(head)
    page.goto(page.url)
    shot(page, "instruction-360")
    page.locator("button", has=page.locator("xpath=ancestor::form//input[@value='accept']")).click()
    state = ask(lambda: Instruction.objects.get().state)
    assert (state, at.count("/")) == ("accepted", 5)

    page.set_viewport_size(DESKTOP)
    paths = {"agencies": "agencies/", "agency": "agencies/of/dishub/", "viewers": "viewers/",
             "past": "past/", "list": "instructions/"} if SHOTS else {}  # fmt: skip
    for name, path in paths.items():
        page.goto(f"{page.url.split(ROOM)[0]}{ROOM}{path}")
        sound(page)
        shot(page, f"{name}-1280")
    page.set_viewport_size(PHONE)
    page.goto(f"{page.url.split(ROOM)[0]}{ROOM}past/")
    slider = page.locator(".past__slider input")
    expect(slider).to_be_visible()
    field = page.locator("[name=at]")
    was = field.input_value()
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**at=**")
    assert page.locator("[name=at]").input_value() < was
    sound(page)
    shot(page, "past-360")
