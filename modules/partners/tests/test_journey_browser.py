"""A security report reaches Polres in a real browser: shared, acknowledged, answered, read."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.directory.models import Area
from balai.outbox.models import Event
from balai.ui.tests.browser import launched, needs_browser, serving
from balai.workcal.models import Clock
from modules.complaints import services as complaints
from modules.complaints.models import Category, Complaint
from modules.partners import sources
from modules.partners.models import Cooperation, Partner, Seat, Share
from modules.partners.services import agreements, links, people, sharing
from modules.partners.tests.conftest import WORDS, paper
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, SHOTS

pytestmark = [pytest.mark.e2e, needs_browser]
PEOPLE = {"coordinator": "koordinator-mitra@contoh.test", "partner": "petugas-polres@contoh.test",
          "admin": "admin-mitra@contoh.test"}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """The city, and what addresses need."""

    region: Region
    partner: str
    paper: str
    token: str


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stage]:
    """Kota Tangerang with a paper of Polres, a report for it, and another behind a link."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            police = Partner.objects.get(slug="polres")
            agreed = agreements.save_cooperation(partner=police, told=paper())
            _people(police)
            first = _report()
            token = _link(first, agreed)
            second = _report()
        yield Stage(region, str(police.uuid), str(agreed.uuid), token)
        with region_context(region):
            _undo([first, second])


def _people(police: Partner) -> None:
    for role, email in PEOPLE.items():
        user = User.objects.create_user(email=email, name=f"{role.title()} Uji")
        if role == "partner":
            people.add(partner=police, email=email)
        else:
            grant_role(user=user, role=role)


def _report() -> Complaint:
    area = Area.objects.filter(kind=Area.Kind.VILLAGE).select_related("parent").first()
    draft = complaints.Draft(
        category=Category.objects.get(slug="gangguan-keamanan"), text=WORDS, area=area,
        identity="anonymous", pin=(-6.17801, 106.63009),
    )  # fmt: skip
    return complaints.report(draft=draft, photos=[]).complaint


def _link(report: Complaint, agreed: Cooperation) -> str:
    """Share a report and return the token of a link to it."""
    by = User.objects.get(email=PEOPLE["coordinator"])
    source = sources.active()["complaints"]
    facts = source.case(report.uuid)
    assert facts is not None
    wish = sharing.Wish(
        source=source, facts=facts, cooperation=agreed, fields=["text"], reason="Uji"
    )
    share = sharing.share(wish=wish, by=by)
    return links.token_of(links.make(share=share, email="piket@polres.test", by=by))


def _undo(reports: list[Complaint]) -> None:
    shared = list(Share.objects.values_list("uuid", flat=True))
    Share.objects.all().delete()
    Cooperation.objects.all().delete()
    Seat.objects.all().delete()
    Clock.objects.filter(subject__in=[*shared, *(one.uuid for one in reports)]).delete()
    for report in reports:
        report.delete()
    Event.objects.filter(topic__regex=r"^(partners|complaints|notify)\.").delete()
    browsing.forget(User.objects.filter(email__in=PEOPLE.values()))


@pytest.fixture(scope="module")
def sessions(city: Stage) -> dict[str, str]:
    """The sessions of the people on both sides."""
    return browsing.sessions(city.region, PEOPLE)


@pytest.fixture(scope="module")
def home(sessions: dict[str, str]) -> Iterator[str]:
    with serving() as port:
        yield f"http://tangerang.localhost:{port}"


@pytest.fixture(scope="module")
def chromium(home: str) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def visit(
    chromium: Browser, home: str, path: str, session: str = "", size: dict[str, int] = PHONE
) -> Page:
    """Open a page in a fresh profile, on a phone unless told otherwise."""
    return browsing.visit(chromium, home, path, session, viewport=size)


def sound(page: Page, name: str) -> None:
    """Fail on anything that WCAG 2.2 forbids, on sideways scrolling, and on a script's error."""
    browsing.shot(page, name)
    browsing.sound(page)


@pytest.mark.soak  # test_city_as_one goes this way, too
def test_a_security_report_reaches_polres_and_its_answer_comes_back(
    chromium: Browser, home: str, city: Stage, sessions: dict[str, str]
) -> None:
    desk = visit(chromium, home, "/desk/partners/find/", sessions["coordinator"], DESKTOP)
    desk.locator("main table a").first.click()
    desk.locator("[name=cooperation]").first.check()
    desk.locator("[name=fields_told]").first.check()
    desk.locator("[name=reason]").fill("Perlu patroli malam ini")
    desk.locator("main form[method=post] button[type=submit]").first.click()
    desk.wait_for_url("**/desk/partners/shares/**")
    number = desk.locator("header .mono").inner_text()

    phone = visit(chromium, home, "/desk/partners/", sessions["partner"])
    phone.locator("main tr", has_text=number).get_by_role("link").click()
    expect(phone.locator("main")).to_contain_text(WORDS)
    phone.locator("a[href='?do=acknowledge#do']").click()
    phone.locator("[name=acknowledge-reference]").fill("LP/B/12")
    phone.locator("#do button[type=submit]").click()
    phone.locator("a[href='?do=answer#do']").click()
    sound(phone, "answer-360")
    phone.locator("[name=answer-outcome][value=handled]").check()
    phone.locator("[name=answer-text]").fill("Sudah dipatroli, situasi aman.")
    phone.locator("#do button[type=submit]").click()
    expect(phone.locator("main .track")).to_contain_text("situasi aman")

    desk.reload()
    expect(desk.locator("main")).to_contain_text("LP/B/12")
    expect(desk.locator("main")).to_contain_text("situasi aman")
    sound(desk, "share-1280")
    by_link = visit(chromium, home, f"/partners/case/{city.token}/")
    expect(by_link.locator("main")).to_contain_text(WORDS)
    sound(by_link, "link-360")


@pytest.mark.soak
def test_the_pages_of_admins_hold_on_a_phone(
    chromium: Browser, home: str, city: Stage, sessions: dict[str, str]
) -> None:
    pages = {
        "console": "/console/partners/",
        "partner": f"/console/partners/{city.partner}/",
        "paper": f"/console/partners/cooperations/{city.paper}/",
        "edit": f"/console/partners/cooperations/{city.paper}/edit/",
        "log": "/desk/partners/log/",
        "list": "/desk/partners/",
        "find": "/desk/partners/find/",
    }
    page = visit(chromium, home, "/offline/", sessions["admin"])
    for name, path in pages.items():
        page.goto(f"{home}{path}")
        sound(page, f"{name}-360")
        if SHOTS:
            page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
            page.screenshot(path=f"{SHOTS}/{name}-1280.png", full_page=True)
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
