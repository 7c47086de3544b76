"""The pages of API clients in a real browser: accessible, as wide as a phone, copied by a tap."""

import os
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as chosen
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from balai.accounts.models import Membership, User
from balai.accounts.services import grant_role
from balai.api import key_services, webhook_services
from balai.api.models import ApiKey, WebhookDelivery, WebhookEndpoint
from balai.context import region_context
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from tests.support.client import CityClient
from tests.support.committed import cities

__all__ = ["cities"]
pytestmark = [pytest.mark.e2e, needs_browser]
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}
SHOTS = os.environ.get("BALAI_SHOTS", "")


@pytest.fixture
def admin(cities):
    """An admin's session, two keys and a webhook with deliveries; all are committed."""
    with region_context(cities.here):
        user = User.objects.create_user(email="admin-api@contoh.test", name="Admin Kunci")
        grant_role(user=user, role="admin")
        now = timezone.now()
        key, _token = key_services.create(
            name="Aplikasi milik Dinas Perhubungan Kota Tangerang untuk laporan lampu jalan, uji",
            scopes=["complaints:report"],
            per_minute=120, by=user, expires_at=now + timedelta(days=90),
        )  # fmt: skip
        days = {(now - timedelta(days=n)).date().isoformat(): 7 * n for n in range(9)}
        ApiKey.objects.filter(pk=key.pk).update(usage=days, last_used_at=now)
        old, _token = key_services.create(
            name="Lama", scopes=["specimen:write"], per_minute=1, by=user
        )
        key_services.revoke(key=old)
        hook = webhook_services.create(
            name="Ruang kendali", url="https://kendali.example.go.id/laporan/masuk?kota=tangerang",
            topics=["complaints.resolve", "complaints.verify"], by=user,
        )  # fmt: skip
        for number, status in enumerate(WebhookDelivery.Status):
            WebhookDelivery.objects.create(
                endpoint=hook, event_id=number, topic="complaints.resolve", status=status,
                body={"event": "complaints.resolve", "data": {"number": "TNG-26-000017"}},
                attempts=number, answer=500 if number else None, error="" if number else "Timeout",
                next_at=now,
            )  # fmt: skip
        client = CityClient(cities.here)
        client.force_login(user)
        first = hook.deliveries.order_by("id")[0].uuid
    yield client.cookies[chosen.SESSION_COOKIE_NAME].value, key.prefix, hook.uuid, first
    with region_context(cities.here):
        WebhookEndpoint.objects.all().delete()
        ApiKey.objects.all().delete()
        Session.objects.all().delete()
        Membership.objects.filter(user=user).delete()
        # Django's own delete() would look into the operators' tables, which regions have not.
        User.objects.filter(pk=user.pk)._raw_delete("default")


@pytest.fixture
def visit(admin, cities):
    """Return a function that opens a page as the admin, in a window of a size."""
    session = admin[0]
    with serving() as port, launched() as browser:
        origin = f"http://tangerang.localhost:{port}"

        def open_page(path, size, language="id"):
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height})
            context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
            for name, value in (
                (chosen.SESSION_COOKIE_NAME, session), (chosen.LANGUAGE_COOKIE_NAME, language),
            ):  # fmt: skip
                context.add_cookies([{"name": name, "value": value, "url": origin}])
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.faults = []
            page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
            page.goto(f"{origin}{path}", wait_until="load")
            return page

        yield open_page


def judge(page, name, size):
    """Fail for a fault, a page wider than its window, or what WCAG 2.2 AA forbids."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/api-{name}-{size}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = Axe().run(page, options=RULES).response["violations"]
    return [*page.faults, *(["too wide"] if wide > 0 else []), *(item["id"] for item in found)]


@pytest.mark.soak
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_fit_and_are_accessible(visit, admin, size):
    _session, prefix, hook, delivery = admin
    pages = {
        "keys": "", "new": "new/", "key": f"keys/{prefix}/", "webhooks": "webhooks/",
        "webhook-new": "webhooks/new/", "webhook": f"webhooks/{hook}/",
        "rotate": f"webhooks/{hook}/rotate/",
        "delivery": f"webhooks/deliveries/{delivery}/",
    }  # fmt: skip
    wrong = {}
    for name, path in pages.items():
        wrong[name] = judge(visit(f"/console/api/{path}", size), name, size)
    wrong["docs"] = judge(visit("/api/v1/docs/", size), "docs", size)
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_a_key_is_made_and_copied(visit):
    page = visit("/console/api/new/", "phone", language="en")
    page.get_by_label("Name").fill("Kiosk")
    page.get_by_label("Send reports", exact=False).first.check()
    page.get_by_role("button", name="Make the key").click()
    expect(page.locator("#made-key")).to_contain_text("balai_")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#made-key").inner_text().strip()
    assert judge(page, "made", "phone") == []
