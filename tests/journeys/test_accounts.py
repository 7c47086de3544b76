"""People in the browser: a code, a passkey, a role offered and taken up, an account closed."""

import re
from collections.abc import Callable
from email import message_from_string, policy

import pytest
from playwright.sync_api import Page, expect

from tests.support.stack import Stack

CITY = "tangerang"
ADMIN = "admin@tangerangkota.go.id"
Check = Callable[[Page], None]
Shot = Callable[[Page, str], None]


def continue_(page: Page) -> None:
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def sign_in(page: Page, stack: Stack, email: str) -> None:
    """Sign in with a mailed code."""
    before = len(stack.mails(email))
    page.goto(stack.url("/accounts/login/", CITY))
    page.locator("[name=login]").fill(email)
    continue_(page)
    page.locator("[name=code]").fill(new_code(stack, email, before))
    continue_(page)


def new_code(stack: Stack, email: str, before: int) -> str:
    """Return the code of a mail that came after the first ``before``."""
    stack.wait_for_code(email)
    for _ in range(100):
        if len(stack.mails(email)) > before:
            break
    return stack.wait_for_code(email)


def link_in(stack: Stack, email: str, part: str) -> str:
    """Return the path of the link that holds ``part`` in the newest mail to ``email``."""
    for text in reversed(stack.mails(email)):
        body = message_from_string(text, policy=policy.default).get_body(("plain",))
        found = re.search(rf"https?://[^/]+(/\S*{part}\S*)", body.get_content() if body else "")
        if found:
            return found[1]
    return ""


@pytest.mark.soak
@pytest.mark.parametrize(
    "phone", [True, pytest.param(False, marks=pytest.mark.soak)], ids=["360", "1280"]
)
def test_citizen_signs_up_and_adds_a_passkey(
    phone: bool, stack: Stack, visit, accessible: Check, shot: Shot
) -> None:
    width = "360" if phone else "1280"
    email = f"warga{width}@contoh.test"
    page: Page = visit(phone=phone)
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True}},
    )  # fmt: skip
    page.goto(stack.url("/accounts/signup/", CITY))
    accessible(page)
    shot(page, f"accounts-signup-{width}")
    page.locator("[name=name]").fill("Siti Aminah")
    page.locator("[name=contact]").fill(email)
    continue_(page)
    accessible(page)
    shot(page, f"accounts-code-{width}")
    page.locator("[name=code]").fill("000000")
    continue_(page)
    expect(page.locator(".errsum")).to_be_visible()
    accessible(page)
    page.locator("[name=code]").fill(stack.wait_for_code(email))
    continue_(page)
    page.goto(stack.url("/accounts/", CITY))
    expect(page.locator("main")).to_contain_text(email)
    accessible(page)
    shot(page, f"accounts-me-{width}")

    page.goto(stack.url("/accounts/2fa/", CITY))
    accessible(page)
    shot(page, f"accounts-2fa-{width}")
    page.goto(stack.url("/accounts/2fa/totp/activate/", CITY))
    accessible(page)
    shot(page, f"accounts-totp-{width}")
    page.goto(stack.url("/accounts/2fa/webauthn/add/", CITY))
    accessible(page)
    page.locator("[name=name]").fill("Ponsel saya")
    page.locator("[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    expect(page.locator("main code")).to_have_count(10)
    accessible(page)
    shot(page, f"accounts-recovery-{width}")

    page.context.clear_cookies()
    page.goto(stack.url("/accounts/login/", CITY))
    accessible(page)
    shot(page, f"accounts-login-{width}")
    page.locator("#passkey_login").click()
    page.wait_for_url(re.compile(r"localhost:\d+/$"))
    page.goto(stack.url("/accounts/", CITY))
    expect(page.locator("main")).to_contain_text(email)

    page.goto(stack.url("/my-data/delete/", CITY))
    accessible(page)
    page.locator("main .btn--danger").click()
    expect(page).to_have_url(re.compile("/my-data/requests/"))
    accessible(page)
    assert page.faults == []


def test_an_admin_invites_an_officer_who_comes(
    stack: Stack, visit, accessible: Check, shot: Shot
) -> None:
    admin: Page = visit()
    sign_in(admin, stack, ADMIN)
    admin.goto(stack.url("/console/officers/", CITY))
    accessible(admin)
    shot(admin, "officers-list")
    admin.goto(stack.url("/console/officers/invite/", CITY))
    accessible(admin)
    shot(admin, "officers-invite")
    admin.locator("[name=contact]").fill("petugas@contoh.test")
    admin.locator("[name=role][value=officer]").check(force=True)
    admin.locator("main form button[type=submit]").last.click()
    expect(admin.locator(".errsum")).to_be_visible()
    accessible(admin)
    admin.locator("[name=agency]").select_option(index=1)
    admin.locator("main form button[type=submit]").last.click()
    expect(admin.locator("main")).to_contain_text("petugas@contoh.test")
    shot(admin, "officers-invited")

    path = ""
    for _ in range(150):
        path = link_in(stack, "petugas@contoh.test", "invitation/")
        if path:
            break
        admin.wait_for_timeout(100)
    assert path, stack.logs()
    officer: Page = visit(phone=True)
    officer.goto(stack.url(path, CITY))
    accessible(officer)
    shot(officer, "invitation-360")
    officer.locator("[name=name]").fill("Budi Santoso")
    continue_(officer)
    officer.goto(stack.url("/accounts/", CITY))
    expect(officer.locator("[name=name]")).to_have_value("Budi Santoso")
    shot(officer, "accounts-officer-360")

    admin.goto(stack.url("/console/officers/", CITY))
    admin.locator("main table a", has_text="Budi Santoso").click()
    accessible(admin)
    shot(admin, "officer")
    admin.goto(admin.url + "deactivate/")
    accessible(admin)
    shot(admin, "officer-shut-out")
    admin.locator("main form button[type=submit]").first.click()
    expect(admin.locator("main .note--amber")).to_be_visible()
    officer.goto(stack.url("/accounts/", CITY))
    expect(officer).to_have_url(re.compile("/accounts/login/"))

    admin.goto(stack.url("/console/officers/invite-many/", CITY))
    admin.locator("[name=text]:visible").fill("kontak,peran\nsatu@c.test,viewer\nsalah,raja\n")
    admin.locator("main form button[type=submit]").last.click()
    expect(admin.locator("main table")).to_be_visible()
    accessible(admin)
    shot(admin, "officers-import")
    admin.goto(stack.url("/console/audit/", CITY))
    accessible(admin)
    shot(admin, "audit")
    admin.locator("main form[action$='verify/'] button").click()
    expect(admin.locator(".toast--success")).to_be_visible()
    # The form with a mistake in it is answered 422, which Chromium logs.
    assert [fault for fault in admin.faults if "422" not in fault] == []
    assert officer.faults == []
