"""The console's pages of life and domains in a browser: accessible, and whole on a phone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import sync_playwright

from balai.accounts.models import User
from balai.accounts.services import make_signin_link
from balai.context import platform, region_context
from balai.ui.tests.browser import CHROMIUM, RULES, needs_browser, serving
from provisioning.lifecycle import dues, ending
from provisioning.models import (
    BillingAccount,
    Dues,
    Ending,
    LifeNotice,
    OwnDomain,
    Plan,
    StateChange,
)
from tenants import directory
from tenants.models import Domain, Region

pytestmark = [pytest.mark.e2e, needs_browser]
SCHEMA = "r_tangerang"
SHOTS = os.environ.get("BALAI_SHOTS", "")
PAGES = ("/console/life/", "/console/domains/")


@pytest.fixture(scope="module")
def link(django_db_setup, django_db_blocker):
    """A closing city with a debt and two domains, served on a port; all of it is undone."""
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(SECOND_FACTOR="never"):
        kept = _prepare()
        with serving() as port:
            with region_context(directory.by_schema(SCHEMA)):
                user = User.objects.get(email="admin@tangerangkota.go.id")
                path = make_signin_link(user, next="/console/life/").split("/", 3)[3]
            yield f"http://tangerang.localhost:{port}/{path}", port
        _undo(kept)


def _prepare() -> Region:
    now = timezone.now()
    with platform():
        row = Region.objects.get(schema_name=SCHEMA)
        kept = Region.objects.get(schema_name=SCHEMA)
        BillingAccount.objects.create(region=row, plan=Plan.objects.get(slug="plus-l"))
        Region.objects.filter(pk=row.pk).update(state="active", sandbox_until=None)
        row.refresh_from_db()
        dues.review(row, overdue_since=now - timedelta(days=75))
        begun = Ending(region=row, cause="asked", asked_at=now, asked_by="Siti Aminah",
                       confirmed_by="Budi Santoso", confirmed_at=now,
                       reason="Pindah ke situs sendiri")  # fmt: skip
        why = "Asked for by an admin and confirmed by a second person."
        ending.begin(begun, row, days=30, by="Budi Santoso", why=why, now=now)
        for name, proved in (("layanan.tangerangkota.go.id", now), ("xn--bcher-kva.go.id", None)):
            OwnDomain.objects.create(region=row, name=name, token="T0ken" * 6, added_by="Siti",
                                     proved_at=proved, checked_at=now,
                                     problem="" if proved else "missing")  # fmt: skip
        Domain.objects.create(tenant=row, domain="layanan.tangerangkota.go.id", kind="own",
                              verified_at=now, is_primary=False)  # fmt: skip
    directory.invalidate()
    return kept


def _undo(kept: Region) -> None:
    with platform():
        for model in (BillingAccount, OwnDomain, Ending, LifeNotice, Dues):
            model.objects.filter(region=kept).delete()
        StateChange.objects.filter(region=kept).exclude(before="building").delete()
        for domain in Domain.objects.filter(tenant=kept, kind="own"):
            domain.delete()
        kept.save()
    directory.invalidate()


@pytest.mark.soak
def test_life_and_domains_are_accessible_and_fit_a_phone(link) -> None:
    address, port = link
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(viewport={"width": 360, "height": 740})
        page = context.new_page()
        page.goto(address, wait_until="load")
        if page.locator("main form button[type=submit]").count() and "/link/" in page.url:
            page.locator("main form button[type=submit]").first.click()
            page.wait_for_load_state("load")
        for path in PAGES:
            page.goto(f"http://tangerang.localhost:{port}{path}", wait_until="load")
            assert path in page.url
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{path} is {wide} px too wide"
            faults = Axe().run(page, options=RULES).response["violations"]
            assert not faults, [(item["id"], item["nodes"][0]["html"][:200]) for item in faults]
            _shoot(page, path)
        browser.close()


def _shoot(page, path: str) -> None:
    if not SHOTS:
        return
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        name = f"{path.strip('/').replace('/', '-')}-{width}.png"
        page.screenshot(path=Path(SHOTS) / name, full_page=True)
    page.set_viewport_size({"width": 360, "height": 740})
