"""The pages of exporting and leaving on a telephone and a desk, in a real browser."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, expect, sync_playwright

from balai import context
from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import platform
from balai.ui.tests.browser import CHROMIUM, RULES, needs_browser, serving
from provisioning.exports import services
from provisioning.exports.tests.conftest import Full
from provisioning.models import Backup, Erasure, Export, ExportState
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
SHOTS = os.environ.get("BALAI_SHOTS", "")
SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@pytest.fixture(scope="module")
def session(full: Full) -> tuple[str, str]:
    """Make exports in every state; return an admin's session and the number of an erasure."""
    with context.region_context(full.region):
        one = User.objects.get(email="admin@tangerangkota.go.id")
        User.objects.filter(pk=one.pk).update(language="en")
        two = User.objects.create_user(email="dua@tangerangkota.go.id", name="Siti Rahma")
        grant_role(user=two, role="admin")
        one.refresh_from_db()
    now = timezone.now()
    common = {"region_id": full.region.id, "asked_by": two.name, "salt": b"", "phrase": b""}
    with platform():
        Export.objects.create(
            **common | {"phrase": b"sealed"}, state=ExportState.READY, decided_by="Budi",
            finished_at=now, expires_at=now + services.KEPT, sha256="ab" * 32, bytes=48_123_456,
            rows=182_733, files=2210, asked_at=now - timedelta(days=1),
        )  # fmt: skip
        Export.objects.create(**common, state=ExportState.EXPIRED, asked_at=now - services.KEPT)
        Export.objects.create(**common, state=ExportState.ASKED, asked_uuid=two.uuid)
        Backup.objects.create(region_id=full.region.id, cause="hand", place="x", fingerprint="f",
                              bytes=1000, sha256="0", rows=10, seconds=1.0)  # fmt: skip
        held = Erasure.objects.create(
            region_id=full.neighbour.id, schema="held", role="held",
            due_at=now + timedelta(days=90), facts={"name": "Kabupaten Purworejo"},
        )  # fmt: skip
    client = CityClient(full.region)
    client.force_login(one)
    return client.cookies[settings.SESSION_COOKIE_NAME].value, str(held.uuid)


@pytest.mark.soak
@pytest.mark.parametrize("size", SIZES)
def test_pages_hold_on_every_screen(
    full: Full, session: tuple[str, str], browser: Browser, size: str
) -> None:
    cookie, held = session
    with serving() as port:
        city, apex = f"http://tangerang.localhost:{port}", f"http://localhost:{port}"
        visit = browser.new_context(viewport=SIZES[size], locale="en")
        visit.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": city},
             {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": apex}]
        )  # fmt: skip
        page = visit.new_page()
        pages = {"export": f"{city}/console/export/", "leaving": f"{city}/console/leaving/",
                 "erased": f"{apex}/erased/{held}/"}  # fmt: skip
        for name, address in pages.items():
            page.goto(address)
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{size}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            assert not wide, f"{name} scrolls sideways"
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{name}\n{found.generate_report()}"
        if size == "desk":
            page.goto(pages["export"])
            page.get_by_role("button", name="Izinkan").click()
            expect(page.get_by_text("Diizinkan.")).to_be_visible()
            expect(page.get_by_text("Menunggu orang kedua")).to_have_count(0)
        visit.close()
