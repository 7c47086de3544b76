"""An article's way through two editors' browsers to a reader's phone; the other new pages fit."""

from collections.abc import Iterator
from io import BytesIO
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import Region, region_context
from balai.outbox.models import Event
from balai.ui.tests.browser import PATIENCE, RULES, launched, needs_browser, serving
from modules.news.models import Article, Feed, Picture
from modules.news.services import picturing
from tests.support import browsing
from tests.support.browsing import DESKTOP, PHONE, SHOTS
from tests.support.client import CityClient

pytestmark = [pytest.mark.e2e, needs_browser]
PEOPLE = {"writer": "coordinator", "reviewer": "admin"}
FEED = UUID("6f1d7c52-3c9e-4f0a-9a51-0d4e6e1c2b30")
TITLE = "Taman kota dibuka sampai malam"
WORD = """<html><head><style>p.MsoNormal {margin:0}</style></head><body><!--StartFragment-->
<h1>Syarat</h1><p class=MsoNormal>Bawa <b>KTP</b> dan <i>kartu&nbsp;keluarga</i>,<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span><![endif]>asli</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span>salinan</p><ol start=3><li>Isi
<a href="https://contoh.test/a">formulir</a></li><li><p>Kirim</p></li></ol>
<script>alert(1)</script><img src=x onerror="window.broken = 1"></body></html>"""
PASTED = """## Syarat

Bawa **KTP** dan _kartu keluarga_,

- asli
- salinan

3. Isi [formulir](https://contoh.test/a)
4. Kirim"""


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Region]:
    """Kota Tangerang with another site that was read; what is stored is taken away at the end."""
    with browsing.committed(django_db_blocker) as region:
        with region_context(region):
            now = timezone.now()
            line = {"at": now.isoformat(), "status": 200, "ms": 140, "new": 1, "error": ""}
            feed = Feed.objects.create(
                uuid=FEED,
                name="Dinas Kesehatan", url="https://dinkes.example.go.id/feed", read_at=now,
                newest_at=now, log=[line], active=True,
            )  # fmt: skip
            feed.items.create(
                key="a" * 64, title="Posyandu buka malam", published_at=now,
                summary="Mulai pekan ini.", url="https://dinkes.example.go.id/1",
            )  # fmt: skip
        yield region
        with region_context(region):
            _forget()


def _forget() -> None:
    for name in Picture.objects.values_list("uuid", flat=True):
        picturing.forget(name)
    Article.objects.all().delete()
    Feed.objects.all().delete()
    Event.objects.filter(topic__startswith="news.").delete()
    browsing.forget(User.objects.filter(email__startswith="redaksi-"))


@pytest.fixture(scope="module")
def sessions(city: Region) -> dict[str, str]:
    """The sessions of a writer and of a reviewer."""
    found = {}
    for name, role in PEOPLE.items():
        with region_context(city):
            user = User.objects.create_user(email=f"redaksi-{name}@contoh.test", name="Redaksi Uji")
            grant_role(user=user, role=role)
        client = CityClient(city)
        client.force_login(user)
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture(scope="module")
def base(sessions: dict[str, str]) -> Iterator[str]:
    with serving() as number:
        yield f"http://tangerang.localhost:{number}"


@pytest.fixture(scope="module")
def chromium(base: str) -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def opened(
    chromium: Browser, base: str, session: str = "", **options: object
) -> tuple[Page, list[str]]:
    """Return a page of somebody, and the list of what its scripts complain of."""
    context = chromium.new_context(**{"viewport": DESKTOP, **options})  # type: ignore[arg-type]  # any option
    if session:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}
        context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own dictionary
    page, faults = context.new_page(), []
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return page, faults


def paste(field: Locator, html: str) -> None:
    """Paste into a field what another program put on the clipboard."""
    field.evaluate(
        """(field, html) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
        }""",
        html,
    )


def look(page: Page, name: str) -> None:
    """Require that a page fits its window and breaks no rule of WCAG 2.2 AA."""
    if SHOTS:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(name, fault["id"], fault["nodes"][0]["html"][:200]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_an_article_goes_from_a_desk_to_a_phone(
    chromium: Browser, base: str, sessions: dict[str, str]
) -> None:
    page, faults = opened(chromium, base, sessions["writer"])
    page.goto(f"{base}/desk/news/new/?kind=news")
    page.fill("[name=title]", TITLE)
    page.fill("[name=summary]", "Lampu baru menyala mulai pekan ini.")
    text = page.locator("[name=text]")
    paste(text, WORD)
    expect(text).to_have_value(PASTED)
    text.fill("Taman buka sampai malam.")
    text.evaluate("field => field.setSelectionRange(6, 10)")
    page.click("[data-tool=bold]")
    expect(text).to_have_value("Taman **buka** sampai malam.")
    page.click("button[name=then]")
    picture, buffer = Image.new("RGB", (480, 300), "#3f7a4a"), BytesIO()
    picture.save(buffer, "JPEG")
    upload = {"name": "taman.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}
    page.set_input_files("input[type=file]", upload)  # type: ignore[arg-type]  # Playwright's own dictionary
    page.fill("[name=alt]", "Taman dengan lampu yang menyala")
    page.click("main form button[type=submit]")
    expect(page.locator(".item__thumb img")).to_have_count(1)
    page.goto(page.url.replace("pictures/", ""))
    page.click("a[href$='/move/submit/']")
    page.click("main form button[type=submit]")
    desk = page.url
    expect(page.locator("a[href$='/move/approve/']")).to_have_count(0)
    assert faults == []
    page.context.close()

    page, faults = opened(chromium, base, sessions["reviewer"])
    page.goto(f"{desk}move/approve/")
    page.click("main form button[type=submit]")
    page.click("a[href$='/push/']")
    look(page, "push-asked")
    page.fill("[name=text]", "Taman kota buka sampai pukul 21.30.")
    page.click("button[value=ask]")
    page.goto(f"{desk}push/")
    expect(page.locator("button[value=approve]")).to_have_count(0)
    page.context.close()

    page, more = opened(chromium, base, viewport=PHONE, color_scheme="dark")
    page.goto(f"{base}/news/")
    look(page, "index")
    page.click(f"a:has-text('{TITLE}')")
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator(".news-prose strong")).to_have_text("buka")
    seen = page.locator(".news-figure img")
    expect(seen).to_have_attribute("alt", "Taman dengan lampu yang menyala")
    assert seen.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    look(page, "article")
    assert faults == more == []
    page.context.close()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("who", "path", "size"),
    [
        ("", "/news/follow/", PHONE), ("reviewer", f"/desk/news/sources/{FEED}/", PHONE),
        ("reviewer", "/console/news/", DESKTOP),
    ],
)  # fmt: skip
def test_the_other_pages_are_accessible_and_fit(
    who: str, path: str, size: dict, chromium: Browser, base: str, sessions: dict[str, str]
) -> None:
    page, _faults = opened(chromium, base, sessions.get(who, ""), viewport=size)
    page.goto(base + path, wait_until="load")
    look(page, path.strip("/").replace("/", "_")[:20])
    page.context.close()
