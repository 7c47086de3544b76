"""Rules, duplicates and covered faces in a real browser, on a phone and on a desktop."""

import io
import os
import re
from collections.abc import Callable, Iterator
from shutil import copytree

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, expect

from balai.context import platform, region_context
from balai.directory.models import Agency, Area
from balai.ui.tests.browser import launched
from modules.complaints import services
from modules.complaints.models import Category, RoutingRule
from tenants import directory
from tests.journeys.conftest import invite_people
from tests.support.stack import Stack, running

pytestmark = pytest.mark.soak
CITY = "tangerang"
RULES_PAGE = "/console/complaints/rules/"
HERE, NEAR = (-6.17150, 106.63200), (-6.17180, 106.63230)


def street() -> SimpleUploadedFile:
    """Return a photo with a bright plate in the middle of a grey street."""
    image = Image.new("RGB", (1200, 900), "#778088")
    pen = ImageDraw.Draw(image)
    pen.rectangle((420, 540, 780, 640), fill="white")
    for at in range(9):
        pen.rectangle((440 + at * 36, 560, 462 + at * 36, 620), fill="black")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return SimpleUploadedFile("jalan.jpg", out.getvalue(), content_type="image/jpeg")


def prepare() -> None:
    """Give Kota Tangerang a public report, a second one of the same lamp, and two rules."""
    invite_people()
    with platform():
        region = directory.by_schema("r_tangerang")
    assert region is not None
    with region_context(region):
        from balai.accounts.models import User

        by = User.objects.get(email="coordinator@uji.tangerangkota.go.id")
        lamps = Category.objects.get(slug="lampu-jalan")
        agency, other = (Agency.objects.get(code=code) for code in ("dishub", "dlh"))
        place = Area.objects.filter(kind=Area.Kind.VILLAGE).first()
        told = {"category": lamps, "area": place}
        text = "Lampu di depan gerbang sekolah mati sejak Minggu, gelap sekali pada malam hari."
        first = services.report(draft=services.Draft(text=text, pin=NEAR, **told)).complaint
        ruling = services.Ruling(agency=agency, category=lamps, title="Lampu sekolah mati")
        services.verify_and_route(complaint=first, ruling=ruling, by=by)
        text = "Lampunya padam di depan sekolah, lihat http://a.test http://b.test http://c.test"
        draft = services.Draft(text=text, pin=HERE, **told)
        services.report(draft=draft, photos=[street()])
        RoutingRule.objects.create(name="Banjir ke DLH", words="banjir", agency=other)
        RoutingRule.objects.create(
            name="Pohon tumbang", words="pohon tumbang, dahan", area=place, agency=other, position=1
        )


@pytest.fixture(scope="module")
def stack(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """The whole product with this file's reports: the other journeys count theirs."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    manager = running(f"balai_rules_{worker}", prepare=prepare)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        stack = manager.__enter__()
    # ``prepare`` stored its photo where this process keeps files, not where the stack does.
    copytree(settings.MEDIA_ROOT, stack.state / "media", dirs_exist_ok=True)
    yield stack
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        manager.__exit__(None, None, None)


@pytest.fixture(scope="module")
def browser(stack: Stack) -> Iterator[Browser]:
    """Headless Chromium of the system, after this file's own stack."""
    with launched() as browser:
        yield browser


def narrow(page: Page) -> bool:
    """Tell whether the page fits its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_an_admin_tries_a_rule_out_and_saves_it(
    stack: Stack, visit: Callable[..., Page], sign_in: Callable, shot: Callable,
    accessible: Callable, phone: bool,
) -> None:  # fmt: skip
    page, size = visit(phone=phone), "360" if phone else "1280"
    sign_in(page, "admin")
    page.goto(stack.url(RULES_PAGE, CITY))
    accessible(page)
    shot(page, f"rules-list-{size}")
    assert narrow(page)
    page.goto(stack.url(f"{RULES_PAGE}new/", CITY))
    page.locator("[name=name]").fill(f"Sekolah {size}")
    page.locator("[name=words]").fill("gerbang sekolah")
    page.locator("[name=agency]").select_option(label="Dinas Lingkungan Hidup")
    page.locator("button[value=try]").click()
    expect(page.locator("#h-tryout")).to_be_visible()
    accessible(page)
    shot(page, f"rules-tryout-{size}")
    assert narrow(page)
    page.locator("button[value=save]").click()
    expect(page.get_by_role("link", name=f"Sekolah {size}", exact=True)).to_be_visible()
    page.locator("form[action$='/undo/'] button").click()
    expect(page.get_by_role("link", name=f"Sekolah {size}", exact=True)).to_have_count(0)
    page.locator("a[href$='/delete/']").first.click()
    accessible(page)
    shot(page, f"rules-delete-{size}")
    assert page.faults == []  # type: ignore[attr-defined]  # set by ``visit``


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_the_form_hints_at_the_same_report_while_one_types(
    stack: Stack, visit: Callable[..., Page], shot: Callable, accessible: Callable, phone: bool
) -> None:
    page, size = visit(phone=phone), "360" if phone else "1280"
    page.goto(stack.url("/complaints/new/", CITY))
    page.locator("[name=category]").first.wait_for(state="attached")
    page.evaluate(
        """([lat, lng]) => {
            const [a, b] = document.querySelectorAll("[data-pin] input[type=hidden]");
            [a.value, b.value] = [lat, lng];
        }""",
        list(HERE),
    )
    page.locator("textarea[name=text]").fill("Lampu di depan sekolah mati, gelap pada malam hari")
    hint = page.locator("[data-similar] .card").first
    expect(hint).to_contain_text("Lampu sekolah mati")
    accessible(page)
    hint.scroll_into_view_if_needed()
    shot(page, f"hint-{size}")
    assert narrow(page)
    page.goto(stack.url("/complaints/similar/", CITY))
    accessible(page)
    page.locator("[name=district]").select_option(index=1)
    page.locator("form[method=get] button[type=submit]").last.click()
    shot(page, f"similar-{size}")
    assert narrow(page)


@pytest.mark.parametrize("phone", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_a_coordinator_covers_a_plate_and_finds_the_case(
    stack: Stack, visit: Callable[..., Page], sign_in: Callable, shot: Callable,
    accessible: Callable, phone: bool,
) -> None:  # fmt: skip
    page, size = visit(phone=phone), "360" if phone else "1280"
    sign_in(page, "coordinator")
    page.goto(stack.url("/desk/complaints/?tab=all&q=padam", CITY))
    page.locator("a[data-row]").first.click()
    page.wait_for_url(re.compile("/desk/complaints/[0-9a-f-]{36}/"))
    shot(page, f"desk-checks-{size}")
    page.locator("a[href*='/duplicates/']").first.click()
    expect(page.locator("svg.near")).to_be_visible()
    accessible(page)
    shot(page, f"duplicates-{size}")
    assert narrow(page)
    page.go_back()
    page.locator("a[href*='/cover/']").first.click()
    draw = page.locator("svg.cover__draw")
    expect(draw).to_be_visible()
    frame = draw.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.34, frame["y"] + frame["height"] * 0.58)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.66, frame["y"] + frame["height"] * 0.72)
    page.mouse.up()
    expect(page.locator(".cover__box")).to_have_count(1)
    page.locator("[data-cover-add]").click()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert page.locator("[name=box-1-left]").input_value() == "39.0"
    assert page.locator("[name=box-1-height]").input_value() == "21.0"
    accessible(page)
    shot(page, f"cover-drawn-{size}")
    page.keyboard.press("Delete")
    expect(page.locator(".cover__box")).to_have_count(1)
    assert narrow(page)
    page.locator("button[value=cover]").click()
    expect(page.locator("button[value=undo]")).to_be_visible()
    accessible(page)
    shot(page, f"cover-done-{size}")
    page.locator("button[value=undo]").click()
    expect(page.locator("button[value=undo]")).to_have_count(0)
    assert page.faults == []  # type: ignore[attr-defined]  # set by ``visit``
