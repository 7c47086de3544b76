"""The officer's phone without a network, and the validator who sees a photo for the second time."""

import os
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from playwright.sync_api import Page, expect

from balai.accounts.models import User
from balai.directory.models import Agency, Area
from balai.files.storage import DurableFiles
from balai.ui.tests.browser import await_worker
from modules.complaints import services
from modules.complaints.models import Category, Complaint, Flag, Photo
from modules.complaints.services import capturing
from modules.complaints.services.shots import Shot
from modules.complaints.states import State
from modules.complaints.tests.scenes import jpeg, scene, upload
from tests.support.stack import Stack

CITY = "tangerang"
SOAK = bool(os.environ.get("BALAI_SOAK"))
HERE = {"latitude": -6.1781, "longitude": 106.63}
TITLE = "Lampu padam di Gang Kenari"
OTHER = "Lampu padam di Gang Merpati"


@pytest.fixture(autouse=True)
def _same_photos(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the test stores is found by the stack's processes."""
    files = DurableFiles(stack.state / "media", directory_permissions_mode=0o700)
    monkeypatch.setitem(vars(storages["default"]), "inner", files)


def accepted(title: str, seed: int) -> Complaint:
    """Send a report with a photo and have the lamp agency take it on an hour ago."""
    lamps = Category.objects.get(slug="lampu-jalan")
    place = (HERE["latitude"], HERE["longitude"])
    draft = services.Draft(
        category=lamps, text=f"{title} sejak tiga malam, gelap sekali.", title=title, pin=place,
        area=Area.objects.filter(kind=Area.Kind.VILLAGE).first(), landmark="Dekat pos ronda",
    )  # fmt: skip
    earlier = timezone.now() - timedelta(hours=1)
    report = services.report(draft=draft, photos=[upload(scene(seed))], now=earlier).complaint
    ruling = services.Ruling(
        agency=Agency.objects.get(code="dishub"), category=lamps, title=title, cleared=True
    )
    services.verify_and_route(complaint=report, ruling=ruling, by=person("coordinator"))
    return services.accept(complaint=report, by=person("officer"), now=earlier)


def person(role: str) -> Any:
    return User.objects.get(email=f"{role}@uji.tangerangkota.go.id")


def reuse(report: Complaint) -> None:
    """Hand in the photo of another report, taken a kilometre away."""
    (row,) = capturing.issue(complaint=report, by=person("officer"))
    there = (HERE["latitude"] + 0.01, HERE["longitude"])
    shot = Shot(upload(scene(70)), row.nonce, timezone.now(), there, 12.0)
    services.resolve(complaint=report, text="Diganti.", photos=[shot], by=person("officer"))


def kept(page: Page) -> str:
    """Return everything the satchel holds as text."""
    return page.evaluate(
        """() => new Promise((done) => {
          const asked = indexedDB.open('balai-satchel');
          asked.onerror = asked.onblocked = () => done('not to be read');
          asked.onsuccess = () => {
            if (!asked.result.objectStoreNames.contains('pages')) return done('empty');
            const all = asked.result.transaction('pages').objectStore('pages').getAll();
            all.onsuccess = () => done(all.result.map(
              (page) => JSON.stringify(page) + new TextDecoder().decode(page.sealed)).join('\\n'));
          };
        })"""
    )


def test_evidence_is_taken_without_a_network_and_arrives(
    stack: Stack, visit, sign_in, accessible, shot, ask
) -> None:
    report = ask(lambda: accepted(TITLE, 50))
    phone: Page = visit(phone=True, permissions=["geolocation"], geolocation=HERE)
    sign_in(phone, "officer")
    case = stack.url(f"/desk/complaints/field/{report.uuid}/", CITY)
    phone.goto(stack.url("/desk/complaints/field/", CITY))
    await_worker(phone)
    phone.reload()
    row = phone.locator("[data-stops] li", has_text=TITLE)
    expect(row.locator("[data-away]")).to_have_text("10 m")
    expect(phone.locator("[data-satchel-kept]")).to_have_count(1)
    shot(phone, "field-list-360")
    accessible(phone)
    row.locator("a").click()
    expect(phone.locator("[data-ahead]")).to_be_visible()
    expect(phone.locator("[data-satchel-kept]")).to_have_count(1)
    time.sleep(0.5)  # kept a second time, with the permissions
    shot(phone, "field-case-360")
    accessible(phone)
    held = kept(phone)
    assert held not in ("", "empty", "not to be read")
    assert TITLE not in held, "sealed"
    assert phone.faults == []

    phone.context.set_offline(True)
    phone.goto(stack.url("/desk/complaints/field/", CITY))
    expect(phone.locator("[data-satchel-note]")).to_be_visible()
    phone.locator("[data-stops] li", has_text=TITLE).locator("a").click()
    expect(phone.locator("[data-satchel-note]")).to_be_visible()
    picture = phone.locator("img[data-satchel-picture]")
    assert picture.evaluate("(img) => img.complete && img.naturalWidth > 100")
    file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": jpeg(scene(51))}
    phone.locator("#photo_1").set_input_files([file])
    expect(phone.locator("[name=lat_1]")).to_have_value("-6.178100")
    phone.locator("[name=text]").fill("Bohlam diganti, menyala.")
    shot(phone, "field-offline-360")
    accessible(phone)
    phone.locator("form[data-evidence] button[type=submit]").click()
    expect(phone.locator(".toast--success").last).to_be_visible()
    assert ask(lambda: Complaint.objects.get(pk=report.pk).state) == State.IN_PROGRESS

    phone.context.set_offline(False)
    phone.goto(stack.url("/desk/complaints/field/", CITY))
    deadline = time.monotonic() + 45
    while time.monotonic() < deadline:
        state = ask(lambda: Complaint.objects.get(pk=report.pk).state)
        if state != State.IN_PROGRESS:
            break
        time.sleep(0.5)
    assert state == State.RESOLVED
    photo = ask(lambda: Photo.objects.get(complaint=report, stage="after"))
    assert photo.captured_at < photo.taken_at
    assert (photo.latitude, photo.longitude) == (HERE["latitude"], HERE["longitude"])
    assert ask(lambda: list(Flag.objects.filter(photo=photo).values_list("kind", flat=True))) == []

    cached = phone.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys())
            .map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    assert not [path for path in cached if path.startswith("/desk/")], "no page of a person"
    phone.goto(case)
    phone.locator("summary", has=phone.locator(".icon")).last.click()
    phone.locator("form[data-sign-out] button").first.click()
    phone.wait_for_url(lambda url: "/desk/" not in url)
    names = phone.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert "balai-satchel" not in names, "gone with the session"


def test_without_javascript_list_and_form_work(stack: Stack, visit, sign_in, ask) -> None:
    report = ask(lambda: accepted("Lampu padam di Gang Pipit", 61))
    phone: Page = visit(phone=True, java_script_enabled=False)
    sign_in(phone, "officer")
    phone.goto(stack.url("/desk/complaints/field/", CITY))
    phone.locator("[data-stops] a", has_text="Gang Pipit").click()
    file = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": jpeg(scene(62))}
    phone.locator("#photo_1").set_input_files([file])
    phone.locator("[name=text]").fill("Bohlam diganti, menyala.")
    phone.locator("form[data-evidence] button[type=submit]").click()
    phone.wait_for_url("**/desk/complaints/field/")
    kinds = ask(
        lambda: set(Flag.objects.filter(photo__complaint=report).values_list("kind", flat=True))
    )
    assert kinds == {Flag.Kind.NO_POSITION}, "taken here, but nobody knows where"


@pytest.mark.soak
def test_the_validator_sees_a_photo_that_was_used_before(
    stack: Stack, visit, sign_in, accessible, shot, ask
) -> None:
    other = ask(lambda: accepted(OTHER, 70))
    report = ask(lambda: accepted("Lampu padam di Gang Nuri", 71))
    ask(lambda: reuse(report))
    place = stack.url(f"/desk/complaints/{report.uuid}/", CITY)
    for narrow in (False, True) if SOAK else (True,):
        page: Page = visit(phone=narrow)
        sign_in(page, "coordinator")
        page.goto(place)
        panel = page.locator("#evidence")
        expect(panel.locator(".note--amber")).to_have_count(2)
        expect(panel.get_by_text(other.number)).to_be_visible()
        expect(panel.locator("img")).to_have_count(3)
        panel.scroll_into_view_if_needed()
        for picture in panel.locator("img").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)
        shot(page, f"validator-{'360' if narrow else '1280'}")
        accessible(page)
        assert re.search(r"1\.1\d\d m", panel.inner_text())
        width = 360 if narrow else 1280
        for path in ("field/", f"field/{other.uuid}/", "audits/"):
            page.goto(stack.url(f"/desk/complaints/{path}", CITY))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            shot(page, f"desk-{path.split('/')[0]}{'-case' if '-' in path else ''}-{width}")
            accessible(page)
