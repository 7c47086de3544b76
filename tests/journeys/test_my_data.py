"""Rights in one's own data, on a phone; the queue, a breach and the record at a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import Stack

CITY = "tangerang"
Check = Callable[[Page], None]
Shot = Callable[[Page, str], None]


@pytest.mark.soak
def test_a_request_is_asked_answered_and_a_deletion_taken_back(
    stack: Stack, visit, sign_in, accessible: Check, shot: Shot
) -> None:
    mine: Page = visit(phone=True)
    sign_in(mine, "officer")
    for name in ("", "all/", "consents/", "correct/"):
        mine.goto(stack.url(f"/my-data/{name}", CITY))
        accessible(mine)
        shot(mine, f"mydata-{name.strip('/') or 'index'}-360")
    mine.locator("[name=wrong]").fill("Nama saya salah ditulis")
    mine.locator("[name=right]").fill("Seharusnya Petugas Uji")
    mine.locator("main form button[type=submit]").first.click()
    expect(mine.locator("main")).to_contain_text("PDP-")

    desk: Page = visit()
    sign_in(desk, "admin")
    desk.goto(stack.url("/console/privacy/", CITY))
    accessible(desk)
    shot(desk, "mydata-queue-1280")
    desk.locator("main tbody a").first.click()
    expect(desk.locator("main")).to_contain_text("Seharusnya Petugas Uji")
    accessible(desk)
    shot(desk, "mydata-case-1280")
    desk.locator("[name=outcome][value=fulfil]").check()
    desk.locator("[name=answer]").fill("Nama sudah kami perbaiki.")
    desk.locator("main form button[type=submit]").first.click()
    mine.reload()
    expect(mine.locator("main")).to_contain_text("Nama sudah kami perbaiki.")
    shot(mine, "mydata-request-360")

    mine.goto(stack.url("/my-data/delete/", CITY))
    accessible(mine)
    shot(mine, "mydata-delete-360")
    mine.locator("main .btn--danger").click()
    mine.locator("main form button[type=submit]").first.click()
    expect(mine.locator("main form button")).to_have_count(0)

    assert mine.faults == desk.faults == []


@pytest.mark.soak
def test_the_console_of_personal_data_is_accessible(
    stack: Stack, visit, sign_in, accessible: Check, shot: Shot
) -> None:
    desk: Page = visit()
    sign_in(desk, "admin")
    for name in ("breaches/", "breaches/new/", "holds/", "records/"):
        desk.goto(stack.url(f"/console/privacy/{name}", CITY))
        accessible(desk)
        shot(desk, f"mydata-{name.strip('/').replace('/', '-')}-1280")
    desk.goto(stack.url("/privacy/", CITY))
    shot(desk, "mydata-public-1280")
    assert desk.faults == []
