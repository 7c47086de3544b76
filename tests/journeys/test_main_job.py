"""The main job: a citizen reports a broken street lamp, an officer mends it, the wall sees it."""

import io
import re
import time

from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.support.stack import Stack

STORY = "Lampu jalan di depan SDN 4 padam sejak tiga malam, anak-anak takut lewat."
CITY = "tangerang"


def lamp(dark: bool = True) -> dict[str, object]:
    """Return a photo as a phone would upload it."""
    image = Image.new("RGB", (1600, 1200), "#141b2f" if dark else "#6d8fb5")
    draw = ImageDraw.Draw(image)
    draw.rectangle((780, 300, 800, 1100), fill="#777")
    draw.ellipse((720, 240, 860, 320), fill="#333" if dark else "#ffe9a8")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return {"name": "lampu.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def act(page: Page, name: str) -> None:
    """Press one of the desk's buttons, by what it does."""
    link = page.locator(f"#act a[href*='do={name}']")
    button = page.locator(f"#act form:has(input[name=do][value={name}]) button[type=submit]")
    (link if link.count() else button).first.click()
    page.wait_for_load_state()


def confirm(page: Page, name: str) -> None:
    """Send the form of a desk action."""
    page.locator(f"#act form:has(input[name=do][value={name}]) button.btn.grow").click()
    page.wait_for_load_state()


def report(page: Page, stack: Stack) -> tuple[str, str]:
    """Send the report from a phone and return its number and secret word."""
    page.goto(stack.url("/", CITY))
    page.locator(".dock__main").click()
    page.locator("input[type=file]").set_input_files([lamp()])
    page.locator(".choice--tile", has_text="Lampu").first.locator("input").check()
    page.locator("[name=text]").fill(STORY)
    page.locator("[name=district]").select_option(label="Cibodas")
    page.locator("[name=landmark]").fill("Seberang SDN 4")
    page.locator("[name=email]").fill("siti@contoh.test")
    page.locator(".dock--form button").click()
    page.wait_for_url("**/complaints/receipt/**")
    number, secret = page.locator(".receipt__codes dd").all_inner_texts()
    return number, secret


def test_report_is_handled_and_seen_live(stack: Stack, visit, sign_in, accessible, shot) -> None:
    wall: Page = visit()
    sign_in(wall, "leader")
    wall.goto(stack.url("/desk/liveroom/", CITY))
    expect(wall.locator("[data-live-state=on], .wall").first).to_be_visible()

    phone: Page = visit(phone=True)
    started = time.monotonic()
    number, secret = report(phone, stack)
    assert time.monotonic() - started < 30
    assert re.fullmatch(r"TNG-\d\d-\d{6}", number)
    shot(phone, "report-receipt-360")
    accessible(phone)

    desk: Page = visit()
    sign_in(desk, "coordinator")
    desk.goto(stack.url("/desk/complaints/", CITY))
    desk.locator("a", has_text="Lampu jalan di depan SDN 4").first.click()
    shot(desk, "desk-verify-1280")
    accessible(desk)
    act(desk, "verify")
    chosen = desk.locator("#act select[name=agency] option:checked").inner_text()
    assert "Perhubungan" in chosen or "Dishub" in chosen, "lamps are the traffic agency's"
    confirm(desk, "verify")
    shown = time.monotonic()
    expect(wall.get_by_text("Lampu jalan di depan SDN 4").first).to_be_visible(timeout=5_000)
    assert time.monotonic() - shown < 1.0, "the wall shows it within a second"
    shot(wall, "wall-1280")
    accessible(wall)

    officer: Page = visit()
    sign_in(officer, "officer")
    officer.goto(stack.url("/desk/complaints/", CITY))
    officer.locator("a", has_text="Lampu jalan di depan SDN 4").first.click()
    act(officer, "accept")
    act(officer, "write")
    officer.locator("#act [name=text]").fill("Regu berangkat sore ini membawa lampu pengganti.")
    confirm(officer, "write")
    act(officer, "resolve")
    officer.locator("#act [name=text]").fill("Bohlam dan kabel diganti, lampu menyala.")
    officer.locator("#act input[type=file]").set_input_files([lamp(dark=False)])
    confirm(officer, "resolve")
    shot(officer, "desk-resolved-1280")

    friend: Page = visit(phone=True)
    friend.goto(stack.url("/complaints/track/", CITY))
    friend.locator("[name=number]").fill(number)
    friend.locator("[name=secret]").fill(secret)
    friend.locator("main form button[type=submit]").first.click()
    friend.wait_for_url("**/complaints/**")
    expect(friend.get_by_text("Regu berangkat sore ini").first).to_be_visible()
    shot(friend, "report-resolved-360")
    accessible(friend)
    friend.locator("form[action$='/confirm/'] button[type=submit]").first.click()
    friend.wait_for_load_state()
    expect(friend.locator(".chip--green").first).to_be_visible()

    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not stack.mails("siti@contoh.test"):
        time.sleep(0.2)
    told = "\n".join(stack.mails("siti@contoh.test"))
    assert number in told, "the reporter is told by mail"

    public: Page = visit()
    public.goto(stack.url("/complaints/", CITY))
    expect(public.get_by_text("Lampu jalan di depan SDN 4").first).to_be_visible()
    assert "siti@contoh.test" not in public.content()
    accessible(public)
    public.goto(stack.url("/complaints/", "purworejo"))
    assert "SDN 4" not in public.content()
    for page in (wall, phone, desk, officer, friend, public):
        assert page.faults == []


def test_switched_off_module_is_gone_at_once_and_comes_back(
    stack: Stack, visit, sign_in, accessible, shot
) -> None:
    citizen: Page = visit(phone=True)
    admin: Page = visit()
    sign_in(admin, "admin")
    admin.goto(stack.url("/console/modules/", CITY))
    accessible(admin)
    admin.locator("label.switch:has(#switch-specimen)").click()
    expect(admin.locator("#ask-specimen")).to_be_visible()
    shot(admin, "console-switch-1280")
    with admin.expect_response(lambda answer: answer.request.method == "POST"):
        admin.locator("#ask-specimen ~ .row button[type=submit]").click()
    expect(admin.locator("#switch-specimen")).not_to_be_checked()
    for _ in range(8):
        assert citizen.goto(stack.url("/specimen/", CITY)).status == 404
    assert citizen.goto(stack.url("/specimen/", "purworejo")).status == 200
    with admin.expect_response(lambda answer: answer.request.method == "POST"):
        admin.locator("label.switch:has(#switch-specimen)").click()
    expect(admin.locator("#switch-specimen")).to_be_checked()
    for _ in range(8):
        assert citizen.goto(stack.url("/specimen/", CITY)).status == 200


def test_report_without_javascript_keeps_what_was_typed(stack: Stack, visit) -> None:
    page: Page = visit(phone=True, java_script_enabled=False)
    page.goto(stack.url("/complaints/new/", CITY))
    page.locator("[name=text]").fill("Terlalu pendek")
    page.locator("[name=landmark]").fill("Dekat masjid")
    page.locator(".dock--form button").click()
    expect(page.locator(".errsum")).to_be_visible()
    assert page.locator("[name=text]").input_value() == "Terlalu pendek"
    assert page.locator("[name=landmark]").input_value() == "Dekat masjid"
    page.locator(".choice--tile", has_text="Lampu").first.locator("input").check()
    page.locator("[name=text]").fill(STORY)
    page.locator("[name=district]").select_option(label="Cibodas")
    page.locator(".dock--form button").click()
    page.wait_for_url("**/complaints/receipt/**")
