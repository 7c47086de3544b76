"""The desk of reports in a real browser: choosing, undoing, keys, a phone, two languages."""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from balai.context import platform, region_context
from balai.directory.models import Agency
from balai.ui.tests.browser import launched
from modules.complaints import sample, services
from modules.complaints.models import Complaint
from tenants import activation, directory
from tests.journeys.conftest import DESKTOP, PHONE, invite_people
from tests.support.stack import Stack, running

pytestmark = pytest.mark.soak  # the services have short tests of their own
CITY = "tangerang"
DESK = "/desk/complaints/?tab=all"


def prepare() -> None:
    """Give Kota Tangerang its people and the sample reports, three of them for one agency."""
    invite_people()
    with platform():
        region = directory.by_schema("r_tangerang")
    assert region is not None
    with platform():
        activation.set_settings(region, "complaints", {"bulk_wait_seconds": 6})
    with region_context(region):
        from balai.accounts.models import User

        sample.load()
        by = User.objects.get(email="coordinator@uji.tangerangkota.go.id")
        agency = Agency.objects.get(code="dishub")
        for report in Complaint.objects.filter(state="received").order_by("pk")[:3]:
            ruling = services.Ruling(
                agency=agency, category=report.category, title=report.title, note="Segera."
            )
            services.verify_and_route(complaint=report, ruling=ruling, by=by)


@pytest.fixture(scope="module")
def stack(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Stack]:
    """The whole product with sample reports: the other journeys count theirs."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    manager = running(f"balai_desk_{worker}", prepare=prepare)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own object
        stack = manager.__enter__()
    yield stack
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # as above
        manager.__exit__(None, None, None)


@pytest.fixture(scope="module")
def browser(stack: Stack) -> Iterator[Browser]:
    """Headless Chromium of the system, after this file's own stack."""
    with launched() as browser:
        yield browser


Asked = Callable[..., Page]


def faults(page: Page) -> list[str]:
    """Return what the console complained of; sample photos lie elsewhere."""
    return [fault for fault in page.faults if "404" not in fault]  # type: ignore[attr-defined]


def picked(page: Page) -> int:
    """Return how many reports of the list are chosen."""
    return page.locator("[data-pick]:checked").count()


def wide(page: Page) -> int:
    """Return how wide the page is, in pixels."""
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_many_are_chosen_taken_back_and_done(
    stack: Stack, visit: Asked, sign_in: Callable, accessible: Callable, shot: Callable
) -> None:
    desk = visit()
    sign_in(desk, "coordinator")
    desk.goto(stack.url(DESK, CITY))
    boxes = desk.locator("[data-pick]")
    expect(desk.locator("#bulk")).to_be_hidden()
    boxes.nth(0).check()
    boxes.nth(3).click(modifiers=["Shift"])
    assert picked(desk) == 4, "shift and click takes every row between"
    boxes.nth(1).uncheck()
    expect(desk.locator("[data-pick-count]")).to_contain_text("3")
    shot(desk, "desk-chosen-1280")
    accessible(desk)

    # The rows are fetched anew, as after an event: the choice stays.
    with desk.expect_response(re.compile("/rows/")):
        rows = desk.locator("[data-rows] [data-live]")
        rows.evaluate("node => node.dispatchEvent(new CustomEvent('live'))")
    desk.wait_for_timeout(300)
    assert picked(desk) == 3

    desk.locator("#bulk-do").select_option("note")
    desk.locator("#bulk button[type=submit]").click()
    desk.locator("[name=text]").fill("Dibahas pada rapat Senin.")
    shot(desk, "desk-bulk-form-1280")
    accessible(desk)
    desk.locator("main form button[type=submit]").last.click()
    undo = desk.locator(".bulk-note form button")
    expect(undo).to_be_visible()
    expect(desk.locator("[data-countdown]")).to_contain_text(re.compile(r"\d+"))
    shot(desk, "desk-bulk-waits-1280")
    accessible(desk)
    undo.click()
    expect(desk.locator(".toast").first).to_contain_text("3")
    expect(desk.locator(".bulk-note")).to_have_count(0)
    assert picked(desk) == 0, "what was sent is not chosen any more"

    desk.locator("[data-pick]").nth(0).check()
    desk.locator("#bulk-do").select_option("note")
    desk.locator("#bulk button[type=submit]").click()
    desk.locator("[name=text]").fill("Dibahas pada rapat Selasa.")
    desk.locator("main form button[type=submit]").last.click()
    # By itself, without a reload: the outbox, a worker and the live stream.
    expect(desk.locator(".bulk-note form")).to_have_count(0, timeout=40_000)
    expect(desk.locator(".bulk-note .icon").first).to_be_visible()
    desk.locator(".bulk-note a").click()
    expect(desk.locator("main table tbody tr")).to_have_count(1)
    expect(desk.locator("main table .icon")).to_have_count(1, timeout=20_000)
    shot(desk, "desk-bulk-result-1280")
    accessible(desk)
    assert faults(desk) == []


def test_keys_walk_choose_help_and_can_be_switched_off(
    stack: Stack, visit: Asked, sign_in: Callable, accessible: Callable, shot: Callable
) -> None:
    desk = visit()
    sign_in(desk, "coordinator")
    desk.goto(stack.url(DESK, CITY))
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("x")
    assert desk.locator("[data-pick]").nth(1).is_checked()
    desk.keyboard.press("k")
    first = desk.locator("a[data-row]").first
    assert first.evaluate("node => node === document.activeElement")
    desk.keyboard.press("/")
    desk.keyboard.type("jx?")
    assert desk.locator("#q").input_value() == "jx?", "letters in a field are letters"
    desk.locator("h1").click()
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    shot(desk, "desk-keys-1280")
    accessible(desk)
    desk.locator("[data-keys-toggle]").uncheck()
    desk.keyboard.press("Escape")
    desk.reload()
    desk.keyboard.press("j")
    assert desk.evaluate("document.activeElement === document.body")
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_hidden()
    desk.locator("[data-keys-open]").click()
    desk.locator("[data-keys-toggle]").check()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile("/desk/complaints/[0-9a-f-]{36}/"))
    assert faults(desk) == []


@pytest.mark.soak
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_fits_a_phone_and_a_desktop(
    language: str, stack: Stack, visit: Asked, sign_in: Callable,
    accessible: Callable, shot: Callable,
) -> None:  # fmt: skip
    page = visit()
    sign_in(page, "coordinator")
    if language == "en":
        page.goto(stack.url("/desk/complaints/", CITY))
        page.locator(".rail details summary").last.click()
        page.locator("button[name=language][value=en]").first.click()
    for size, name in ((PHONE, "360"), (DESKTOP, "1280")):
        page.set_viewport_size(size)
        page.goto(stack.url(DESK, CITY))
        case = page.locator("a[data-row]").first.get_attribute("href") or ""
        steps = (
            ("inbox", DESK), ("filters", DESK), ("case", case), ("write", f"{case}&do=write#act"),
            ("saved", "/desk/complaints/saved/?tab=open&q=lampu"),
            ("export", "/desk/complaints/export/?tab=all"),
            ("map", "/desk/complaints/map/?tab=all"),
        )  # fmt: skip
        for step, path in steps:
            page.goto(stack.url(path, CITY))
            if step == "filters":
                page.locator(".desk-filters summary").click()
            if step == "map":
                page.wait_for_timeout(700)
            if step == "inbox" and size is PHONE:
                page.locator("[data-pick]").first.check()
            assert wide(page) <= size["width"], (step, name)
            shot(page, f"desk-{step}-{language}-{name}")
            accessible(page)
    assert faults(page) == []


def test_a_prepared_answer_stands_in_the_field_at_once(
    stack: Stack, visit: Asked, sign_in: Callable
) -> None:
    field = visit()
    sign_in(field, "officer")
    field.goto(stack.url(DESK, CITY))
    field.locator("a[data-row]").first.click()
    field.locator("#act a[href*='do=write']").click()
    field.locator("[name=text]").fill("Selamat pagi.")
    field.locator("[data-canned]").select_option(index=1)
    text = field.locator("[name=text]").input_value()
    assert text.startswith("Selamat pagi.\n\n")
    assert re.search(r"TNG-\d\d-\d{6}", text)
    assert field.locator("[data-canned-insert]").is_hidden()
    assert faults(field) == []
