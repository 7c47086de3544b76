"""Reports written without a network: kept over the browser's end, sent once each, in order."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from balai.accounts.models import User
from balai.ui.tests.browser import CHROMIUM, FLAGS, PATIENCE, await_worker
from modules.complaints import services
from modules.complaints.models import Category, Complaint
from tests.journeys.conftest import PHONE
from tests.journeys.test_main_job import lamp
from tests.support.stack import Stack

CITY = "tangerang"
FIRST = "Draf satu: lampu jalan padam di depan pasar sejak tiga malam."
SECOND = "Draf dua: lubang besar di jalan kampung, sudah dua motor jatuh."
THIRD = "Draf tiga: belum selesai ditulis, jangan dikirim dulu."


@pytest.fixture(scope="module")
def profile(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Return a function that opens the same browser profile again, as a phone does."""
    folder = tmp_path_factory.mktemp("profile")
    with sync_playwright() as playwright:
        opened: list[BrowserContext] = []

        def start() -> BrowserContext:
            for context in opened:  # what a failed test left open holds the profile
                context.close()
            opened.clear()
            context = playwright.chromium.launch_persistent_context(
                folder, executable_path=CHROMIUM, args=FLAGS, viewport=PHONE, is_mobile=True,
                has_touch=True, locale="id-ID", timezone_id="Asia/Jakarta",
            )  # fmt: skip
            context.set_default_timeout(PATIENCE)
            opened.append(context)
            return context

        yield start
        for context in opened:
            context.close()


def write(page: Page, stack: Stack, story: str, photos: int = 2) -> None:
    """Fill in the form as it opens without a network."""
    page.goto(stack.url("/complaints/new/", CITY))
    page.locator("input[type=file]").set_input_files([lamp()] * photos)
    page.locator(".choice--tile", has_text="Lampu").first.locator("input").check()
    page.locator("[name=text]").fill(story)
    page.locator("[name=district]").select_option(label="Cibodas")


def stored() -> list[tuple[str, int]]:
    """Return text and number of photos of the drafts that arrived, oldest first."""
    rows = Complaint.objects.filter(text__startswith="Draf ").order_by("id")
    return [(report.text, report.photos.count()) for report in rows]


def publish() -> str:
    """Send a report, have it verified, and return its reference."""
    category = Category.objects.select_related("agency").get(slug="lampu-jalan")
    told = services.Draft(category=category, text="Lampu padam di taman kota sejak kemarin.")
    report = services.report(draft=told).complaint
    services.verify_and_route(
        complaint=report, by=User.objects.get(email="coordinator@uji.tangerangkota.go.id"),
        ruling=services.Ruling(agency=category.agency, category=category, title="Lampu padam"),
    )  # fmt: skip
    return str(report.uuid)


@pytest.mark.soak  # platform/balai/ui/tests has the queue
def test_two_drafts_written_offline_arrive_once_each_in_order(
    stack: Stack, profile, accessible, shot, ask
) -> None:
    phone: BrowserContext = profile()
    page = phone.pages[0]
    page.goto(stack.url("/", CITY))
    await_worker(page)

    phone.set_offline(True)
    for story in (FIRST, SECOND):
        write(page, stack, story)
        expect(page.locator("main > div > .note--amber")).to_be_visible()
        expect(page.locator("figure.photo img")).to_have_count(2)
        page.locator(".dock--form button").click()
        expect(page.locator(".toast--success").last).to_be_visible()
        expect(page.locator("[name=text]")).to_have_value("")
    write(page, stack, THIRD, photos=1)
    page.locator("[data-draft-save]").click()
    expect(page.locator(".toast--success").last).to_be_visible()
    page.goto(stack.url("/complaints/drafts/", CITY))
    rows = page.locator("[data-queue-list] > li")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("Draf satu")
    expect(rows.nth(2)).to_contain_text("Draf tiga")
    shot(page, "drafts-offline-360")
    accessible(page)
    assert ask(stored) == []
    phone.close()

    phone = profile()
    page = phone.pages[0]
    phone.set_offline(True)
    page.goto(stack.url("/complaints/drafts/", CITY))
    expect(page.locator("[data-queue-list] > li")).to_have_count(3)
    phone.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-queue-list] > li")).to_have_count(1, timeout=45_000)
    page.reload()
    time.sleep(1)
    assert ask(stored) == [(FIRST, 2), (SECOND, 2)], "once each, in order, the unsent draft stays"

    row = page.locator("[data-queue-list] > li")
    row.locator("button").click()
    page.locator("[data-forget-yes]").click()
    expect(page.locator("[data-queue-empty]")).to_be_visible()
    page.locator(".toast .btn").click()
    expect(row).to_have_count(1)
    row.locator("a").click()
    expect(page.locator("[name=text]")).to_have_value(THIRD)
    expect(page.locator("figure.photo img")).to_have_count(1)
    page.locator(".dock--form button").click()
    page.wait_for_url("**/complaints/receipt/**")
    assert ask(stored)[-1] == (THIRD, 1)
    page.goto(stack.url("/complaints/drafts/", CITY))
    expect(page.locator("[data-queue-empty]")).to_be_visible()
    phone.close()


@pytest.mark.soak
def test_a_draft_that_was_refused_can_be_mended(stack: Stack, profile, shot) -> None:
    phone: BrowserContext = profile()
    page = phone.pages[0]
    page.goto(stack.url("/", CITY))
    await_worker(page)
    phone.set_offline(True)
    write(page, stack, "Draf pendek", photos=1)
    page.locator(".dock--form button").click()
    expect(page.locator("[name=text]")).to_have_value("")
    phone.set_offline(False)
    page.goto(stack.url("/complaints/drafts/", CITY))
    row = page.locator("[data-queue-list] > li")
    mend = row.locator("a", has_text="Buka dan perbaiki")
    expect(mend).to_be_visible(timeout=30_000)
    shot(page, "drafts-refused-360")
    mend.click()
    expect(page.locator("[name=text]")).to_have_value("Draf pendek")
    page.locator("[name=text]").fill("Draf pendek, sekarang cukup panjang untuk dipahami.")
    page.locator(".dock--form button").click()
    page.wait_for_url("**/complaints/receipt/**")
    phone.close()


@pytest.mark.soak
def test_a_full_phone_says_so_and_keeps_the_form(stack: Stack, profile) -> None:
    phone: BrowserContext = profile()
    page = phone.pages[0]
    page.goto(stack.url("/complaints/new/", CITY))
    page.evaluate(
        """() => { IDBObjectStore.prototype.put = () => {
             throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    page.locator("[name=text]").fill("Tidak muat lagi di ponsel ini.")
    expect(page.locator("[data-draft-says]")).to_have_class("sm muted grow is-wrong")
    expect(page.locator("[name=text]")).to_have_value("Tidak muat lagi di ponsel ini.")
    phone.close()


@pytest.mark.soak
def test_web_push_says_what_stands_in_its_way(stack: Stack, profile, shot, ask) -> None:
    """Headless Chromium has no push service: the button must say so, not hang."""
    public = ask(publish)
    phone: BrowserContext = profile()
    page = phone.pages[0]
    page.goto(stack.url(f"/complaints/{public}/", CITY))
    form = page.locator("form[data-push]")
    expect(form).to_be_visible()
    form.locator("button").click()
    says = form.locator("[data-push-says]")
    told = [form.get_attribute(f"data-{name}") for name in ("denied", "failed", "unsupported")]
    known = "|".join(re.escape(str(words)) for words in told)
    expect(says).to_have_text(re.compile(known), timeout=15_000)
    expect(form.locator("button")).to_be_enabled()
    shot(page, "push-unavailable-360")
    phone.close()
