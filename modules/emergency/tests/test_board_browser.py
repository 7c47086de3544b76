"""Two browsers at the centre: what one of them does, the other sees without a reload."""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.directory.models import Agency, Area
from balai.outbox.models import Event
from balai.ui.tests.browser import asking, launched, needs_browser
from modules.emergency.models import Call, Category, Incident, Leg, Shift, Stamp, Unit
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, shot, sound
from tests.support.webserver import serve

pytestmark = [pytest.mark.e2e, needs_browser]
RING = [[106.5, -6.3], [106.8, -6.3], [106.8, -6.05], [106.5, -6.05], [106.5, -6.3]]
PEOPLE = {"dispatcher": "operator-uji@contoh.test", "leader": "pimpinan-uji@contoh.test"}
BOARD, WALL = "/desk/emergency/board/", "/desk/emergency/wall/"


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with people, units and one drawn kecamatan; emptied at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            _draw({"type": "Polygon", "coordinates": [RING]})
            _people()
        yield region
        with region_context(region):
            _draw(None)
            for model in (Stamp, Leg, Shift, Call, Incident):
                model.objects.all().delete()
            Unit.objects.filter(callsign__startswith="Uji ").delete()
            Event.objects.filter(topic__startswith="emergency.").delete()
            emails = [*PEOPLE.values(), "kru-uji@contoh.test"]
            browsing.forget(User.objects.filter(email__in=emails))


def _draw(shape: object) -> None:
    first = Area.objects.filter(kind=Area.Kind.DISTRICT).earliest("pk")
    Area.objects.filter(pk=first.pk).update(boundary=shape, boundary_changed_at=timezone.now())


def _people() -> None:
    for role, email in PEOPLE.items():
        grant_role(user=User.objects.create_user(email=email, name=f"{role} Uji"), role=role)
    agency = Agency.objects.filter(parent__isnull=False).earliest("pk")
    crew = User.objects.create_user(email="kru-uji@contoh.test", name="Kru Uji")
    grant_role(user=crew, role="crew", agency=agency)
    place = {"latitude": -6.18, "longitude": 106.63, "position_at": timezone.now()}
    engine = Unit.objects.create(callsign="Uji Damkar 1", kind="fire", agency=agency, **place)
    Shift.objects.create(unit=engine, user=crew)
    Unit.objects.create(callsign="Uji Rescue 2", kind="rescue", agency=agency,
                        base_latitude=-6.21, base_longitude=106.66)  # fmt: skip


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
    with launched("--autoplay-policy=no-user-gesture-required") as browser:
        yield browser


@pytest.fixture
def visit(chromium: Browser, port: int, sessions: dict[str, str]) -> Callable[..., Page]:
    """Return a function that opens a page in a fresh profile of somebody."""

    def enter(role: str, path: str, **options: object) -> Page:
        told = {"timezone_id": "Asia/Jakarta", "viewport": DESKTOP, **options}
        home = f"http://tangerang.localhost:{port}"
        return browsing.visit(chromium, home, path, sessions[role], static=True, **told)

    return enter


@pytest.fixture
def ask(city: Region) -> Callable[[Callable], object]:
    return asking(city)


def told(slug: str, **fields: object) -> Incident:
    """Take a call, as a call taker does."""
    call = take(
        told=Told(key=uuid.uuid4(), kind=CallType.NORMAL, answered_at=timezone.now(),
                  category=Category.objects.get(slug=slug), **fields),
        taker=None,
    )  # fmt: skip
    assert call.incident is not None
    return call.incident


def test_a_call_is_on_the_board_within_a_second_and_on_the_wall(
    visit: Callable, ask: Callable
) -> None:
    board, wall = visit("dispatcher", BOARD), visit("leader", WALL)
    for page in (board, wall):
        expect(page.locator("html")).to_have_attribute("data-live-state", "live")
    board.locator("[data-sound]").check()
    # The page policy lets nothing be evaluated later: a mark in the page tells what sounded.
    board.evaluate(
        "addEventListener('balai:sound', (e) => { document.body.dataset.rung = e.detail; })"
    )
    village = ask(lambda: Area.objects.filter(kind="village").earliest("pk").pk)
    fire = ask(lambda: told("kebakaran", address="Jalan Uji 12", pin=(-6.17, 106.62),
                            area=Area.objects.get(pk=village), casualties=2))  # fmt: skip
    began = time.monotonic()
    row = board.locator(f"[data-incident='{fire.uuid}']")
    expect(row).to_be_visible(timeout=2_000)
    assert time.monotonic() - began < 1.5, "a normal call is on the board in about a second"
    expect(row).to_contain_text("Jalan Uji 12")
    expect(board.locator("body")).to_have_attribute("data-rung", "new")
    expect(board.locator("[data-board-says]")).not_to_be_empty()
    first = row.locator("[data-clock-words]").inner_text()
    expect(row.locator("[data-clock-words]")).not_to_have_text(first, timeout=3_000)
    expect(wall.locator("tbody tr")).to_have_count(1)
    assert "Jalan Uji 12" not in wall.content()
    sound(board)

    # By keys alone: the first row, the nearest unit; the wall sees that somebody goes.
    waits = wall.locator("tbody tr").inner_text()
    board.locator("h1").click()
    board.keyboard.press("j")
    board.keyboard.press("Enter")
    board.wait_for_url("**/incidents/**")
    expect(board.locator("#h-suggest")).to_be_visible()
    sound(board)
    shot(board, "incident-1280")
    board.keyboard.press("1")
    expect(board.locator("article.leg")).to_have_count(1)
    expect(wall.locator("tbody tr")).not_to_have_text(waits)
    assert ask(lambda: Unit.objects.get(callsign="Uji Damkar 1").state) == "assigned"
    for page in (board, wall):
        assert page.faults == []  # type: ignore[attr-defined]  # set by visit
        page.context.close()


def _busy() -> str:
    """Fill the board: every urgency, clocks of every colour, a sealed one."""
    villages = list(Area.objects.filter(kind="village").order_by("pk")[:8])
    slugs = ("kebakaran", "medis", "kecelakaan", "pohon", "kejahatan")
    known = [s for s in slugs if Category.objects.filter(slug=s).exists()] or ["kebakaran"]
    now, last = timezone.now(), None
    for at, village in enumerate(villages):
        last = told(known[at % len(known)], area=village, address=f"Jalan Contoh {at}",
                    text="Asap tebal dari lantai dua, ada orang di dalam.", landmark="Depan masjid",
                    pin=(-6.15 - at / 90, 106.6 + at / 70), casualties=at % 3)  # fmt: skip
        Incident.objects.filter(pk=last.pk).update(created_at=now - timedelta(seconds=45 * at))
    sealed = Category.objects.filter(sealed=True).first()
    if sealed is not None:
        told(sealed.slug, area=villages[0], text="Rahasia")
    return str(last.uuid)


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone_and_a_desktop(scheme: str, visit: Callable, ask: Callable) -> None:
    one = ask(_busy)
    paths = {"board": BOARD, "incident": f"/desk/emergency/incidents/{one}/", "wall": WALL}
    forms = ("send", "edit", "transfer", "merge", "cancel", "note")
    paths |= {f"do-{name}": f"/desk/emergency/incidents/{one}/?do={name}" for name in forms}
    for size, width in ((PHONE, 360), (DESKTOP, 1280)):
        for name, path in paths.items():
            page = visit("dispatcher", path, viewport=size, color_scheme=scheme)
            shot(page, f"{name}-{width}-{scheme}")
            sound(page)
            page.context.close()
