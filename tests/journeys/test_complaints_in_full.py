"""One report through everything that can happen to it, from a phone without a network to the mayor.

A citizen writes offline with two photos; the verifier routes it; the agency bounces it once; the
field officer hands in a photo that was used before; the validator sees that and sends it back;
good evidence resolves it; the reporter reopens it; the clock runs out and the case climbs.
"""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from playwright.sync_api import Page, expect

from balai.files.storage import DurableFiles
from balai.ui.tests.browser import await_worker
from balai.workcal import clocks
from balai.workcal.models import Clock
from modules.complaints import services
from modules.complaints.models import Category, Complaint
from modules.complaints.services.clocking import TURN_CLOCK
from modules.complaints.states import State
from modules.complaints.tests.scenes import jpeg, scene, upload
from tests.journeys.test_main_job import act, confirm
from tests.support.stack import Stack

CITY = "tangerang"
HERE = {"latitude": -6.2005, "longitude": 106.6103}
STORY = "Lampu penerangan di tikungan Jalan Cemara padam, dua motor jatuh minggu ini."
USED_BEFORE = 310


@pytest.fixture(autouse=True)
def _same_photos(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test stores is found by the stack's processes."""
    files = DurableFiles(stack.state / "media", directory_permissions_mode=0o700)
    monkeypatch.setitem(vars(storages["default"]), "inner", files)


def picture(seed: int) -> dict[str, Any]:
    """Return a photo as a phone would upload it."""
    return {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(scene(seed))}


def earlier_report() -> None:
    """Send a report whose photo somebody will use again."""
    lamps = Category.objects.get(slug="lampu-jalan")
    draft = services.Draft(category=lamps, text="Lampu taman padam sejak bulan lalu, gelap sekali.")
    services.report(draft=draft, photos=[upload(scene(USED_BEFORE))])


def found() -> Complaint | None:
    """Return the story's report once it has arrived."""
    return Complaint.objects.filter(text=STORY).first()


def run_out() -> None:
    """Let the officers' time have ended yesterday, and the sweeper see it."""
    report = Complaint.objects.get(text=STORY)
    back = timedelta(days=30)
    clock = Clock.objects.get(kind=TURN_CLOCK, subject=report.uuid)
    moments = ("started_at", "counted_from", "half_at", "due_at", "next_at")
    for name in moments:
        setattr(clock, name, getattr(clock, name) - back)
    clock.save(update_fields=moments)
    Complaint.objects.filter(pk=report.pk).update(due_at=clock.due_at)
    clocks.sweep(now=timezone.now())


def eventually(condition: Callable[[], Any], seconds: float = 45) -> Any:
    """Return the condition's value once it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.3)
    raise AssertionError("it did not happen in time")


def hand_in(phone: Page, stack: Stack, report: Complaint, seed: int) -> None:
    """Send evidence from the field officer's page, as if the camera had taken it there."""
    phone.goto(stack.url(f"/desk/complaints/field/{report.uuid}/", CITY))
    expect(phone.locator("[data-ahead]")).to_be_visible()
    phone.locator("#photo_1").set_input_files([picture(seed)])
    expect(phone.locator("[name=lat_1]")).not_to_have_value("")
    phone.locator("[name=text]").fill("Bohlam dan kabel diganti, lampu menyala lagi.")
    phone.locator("form[data-evidence] button[type=submit]").click()
    phone.wait_for_load_state()


@pytest.mark.soak
def test_one_report_through_everything(stack: Stack, visit, sign_in, ask, accessible, shot) -> None:
    ask(earlier_report)

    # Written without a network, with two photos.
    citizen: Page = visit(phone=True, permissions=["geolocation"], geolocation=HERE)
    citizen.goto(stack.url("/", CITY))
    await_worker(citizen)
    citizen.context.set_offline(True)
    citizen.goto(stack.url("/complaints/new/", CITY))
    citizen.locator("input[type=file]").set_input_files([picture(301), picture(302)])
    citizen.locator(".choice--tile", has_text="Lampu").first.locator("input").check()
    citizen.locator("[name=text]").fill(STORY)
    citizen.locator("[name=district]").select_option(label="Cibodas")
    shot(citizen, "full-offline-360")
    citizen.locator(".dock--form button").click()
    expect(citizen.locator(".toast--success").last).to_be_visible()
    assert ask(found) is None
    citizen.context.set_offline(False)
    citizen.evaluate("dispatchEvent(new Event('online'))")
    report = eventually(lambda: ask(found))
    assert ask(lambda: report.photos.count()) == 2

    # Verified, bounced once, routed again.
    desk: Page = visit()
    sign_in(desk, "coordinator")
    case = stack.url(f"/desk/complaints/{report.uuid}/", CITY)
    officer: Page = visit()
    sign_in(officer, "officer")
    for bounced in (True, False):
        desk.goto(case)
        act(desk, "verify")
        desk.locator("#act [name=agency]").select_option(label="Dinas Perhubungan")
        confirm(desk, "verify")
        officer.goto(case)
        if bounced:
            act(officer, "refuse")
            officer.locator("#act [name=text]").fill("Lampu ini milik pengelola kawasan.")
            confirm(officer, "refuse")
        else:
            act(officer, "accept")
    shot(officer, "full-accepted-1280")
    assert ask(lambda: Complaint.objects.get(pk=report.pk).refusals) == 1

    # Evidence that was used before goes to a validator, who sends it back.
    phone: Page = visit(phone=True, permissions=["geolocation"], geolocation=HERE)
    sign_in(phone, "officer")
    hand_in(phone, stack, report, USED_BEFORE)
    eventually(
        lambda: ask(lambda: Complaint.objects.get(pk=report.pk).state) == State.RESOLUTION_SUBMITTED
    )
    desk.goto(case)
    expect(desk.locator("#evidence .note--amber").first).to_be_visible()
    expect(desk.locator("#evidence")).to_contain_text("TNG-")
    shot(desk, "full-flagged-1280")
    accessible(desk)
    act(desk, "send-back")
    desk.locator("#act [name=text]").fill("Foto ini sudah dipakai laporan lain. Potret lagi.")
    confirm(desk, "send-back")

    # New evidence resolves it, the reporter says no.
    hand_in(phone, stack, report, 303)
    eventually(lambda: ask(lambda: Complaint.objects.get(pk=report.pk).state) == State.RESOLVED)
    citizen.goto(stack.url("/complaints/mine/", CITY))
    citizen.locator("a", has_text="Lampu penerangan di tikungan").first.click()
    citizen.wait_for_url(re.compile(r"/complaints/[0-9a-f-]{36}/"))
    shot(citizen, "full-resolved-360")
    accessible(citizen)
    citizen.locator("a[href$='/reopen/']").first.click()
    citizen.locator("main [name=text]").fill("Semalam padam lagi, kabelnya masih menggantung.")
    citizen.locator("main form button[type=submit]").first.click()
    citizen.wait_for_load_state()
    assert ask(lambda: Complaint.objects.get(pk=report.pk).state) == State.REOPENED

    # The agency's time runs out, and the case climbs.
    level = ask(lambda: Complaint.objects.get(pk=report.pk).level)
    ask(run_out)
    eventually(lambda: ask(lambda: Complaint.objects.get(pk=report.pk).level) > level)
    desk.goto(case)
    expect(desk.locator("#case")).to_contain_text("atasan")
    shot(desk, "full-climbed-1280")
    accessible(desk)
    citizen.goto(stack.url(f"/complaints/{report.uuid}/", CITY))
    shot(citizen, "full-climbed-360")
    accessible(citizen)
    for page in (desk, officer, citizen, phone):
        assert [fault for fault in page.faults if "ERR_INTERNET_DISCONNECTED" not in fault] == []
