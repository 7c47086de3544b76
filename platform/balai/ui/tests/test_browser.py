"""What a browser makes of it: accessible in every dress, installable, and nothing gets lost."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from balai.ui.tests.browser import PATIENCE, RULES, await_worker, launched, needs_browser, serving

pytestmark = [pytest.mark.e2e, needs_browser]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker):
    """The product on a port; its threads read the committed cities, the tests ask no database."""
    with django_db_blocker.unblock(), serving() as port:
        yield port


@pytest.fixture(scope="module")
def chromium(port):
    with launched() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _own_urls(settings):
    """Here the whole product answers, under its real addresses."""
    settings.ROOT_URLCONF = "balai.urls_region"


@pytest.fixture
def visit(chromium, port):
    contexts = []

    def open_page(path, *, city="tangerang", **options):
        context = chromium.new_context(**{**DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.faults = []
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"http://{city}.localhost:{port}{path}", wait_until="load", timeout=30_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


def violations(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"][:3]]) for fault in found]


@pytest.mark.parametrize(
    ("path", "city", "scheme"),
    [
        pytest.param("/styleguide/", "tangerang", "light", marks=pytest.mark.soak),
        ("/styleguide/?errors", "purworejo", "dark"),
        pytest.param("/styleguide/?surface=desk", "purworejo", "light", marks=pytest.mark.soak),
        ("/styleguide/?surface=desk&errors", "tangerang", "dark"),
    ],
)
def test_the_style_guide_is_accessible(visit, path, city, scheme):
    page = visit(path, city=city, color_scheme=scheme)
    assert violations(page) == []
    assert page.faults == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/search/?q=lampu",
        "/offline/",
        "/nothing/",
        *(
            pytest.param(page, marks=pytest.mark.soak)
            for page in ("/about/", "/privacy/", "/accessibility/")
        ),
    ],
)
def test_public_pages_on_a_phone_are_accessible_and_do_not_scroll_sideways(visit, path):
    page = visit(path, **PHONE)
    assert violations(page) == []
    # Not innerWidth: a phone zooms out until a page that is too wide fits into it.
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    assert [fault for fault in page.faults if path != "/nothing/" or "404" not in fault] == []


def test_targets_of_citizens_are_large_enough(visit):
    page = visit("/", **PHONE)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
          .filter((node) => node.checkVisibility() && !node.closest('.skip'))
          .map((node) => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])
          .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(([html]) => html)"""
    )
    assert small == []


def test_the_dock_covers_nothing_above_it(visit):
    page = visit("/styleguide/", **PHONE)
    top, inner = page.evaluate(
        """() => [document.querySelector('.dock').getBoundingClientRect().top,
          Math.min(...[...document.querySelectorAll('.dock *')]
            .map((node) => node.getBoundingClientRect().top))]"""
    )
    assert inner >= top


def test_the_site_can_be_installed(visit):
    page = visit("/")
    await_worker(page)
    found = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    errors = {error["errorId"] for error in found["installabilityErrors"]}
    assert errors <= {"in-incognito"}


def test_the_scheme_follows_the_choice_on_the_next_page_too(visit):
    page = visit("/", color_scheme="light")
    page.locator("summary").click()
    page.get_by_role("button", name="Gelap").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    page.goto(page.url.rstrip("/") + "/about/")
    assert 'data-scheme="dark"' in page.content()
    page.locator("summary").click()
    expect(page.get_by_role("button", name="Gelap")).to_have_attribute("aria-pressed", "true")


def test_the_language_switch_comes_back_to_the_page(visit):
    page = visit("/about/")
    page.locator("summary").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_url("**/about/")
    expect(page.get_by_role("heading", level=1)).to_have_text("About this site")


def test_without_a_network_the_shell_opens_with_112(visit):
    page = visit("/")
    await_worker(page)
    page.context.set_offline(True)
    page.goto(page.url.rstrip("/") + "/about/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sambungan")
    expect(
        page.locator(".empty + section ~ .row a[href='tel:112'], a.btn--lg[href='tel:112']").first
    ).to_be_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.band')).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


def test_the_worker_keeps_no_page_of_a_person(visit):
    page = visit("/")
    await_worker(page)
    page.goto(page.url.rstrip("/") + "/privacy/")
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys())
            .map(({ url }) => new URL(url).pathname)))).flat()"""
    )
    script = page.evaluate("fetch('/sw.js').then((answer) => answer.text())")
    declared = set(json.loads(re.search(r"const PAGES = (\{.*?\});", script)[1]).values())
    assert "/offline/" in kept
    pages = {path for path in kept if not re.match(r"/static/|/theme\.css", path)}
    assert pages == {"/offline/", *declared}
    tokens = page.evaluate(
        """async (paths) => { const cache = await caches.open((await caches.keys())[0]);
          return Promise.all(paths.map(async (path) => (await (await cache.match(path)).text())
            .match(/csrfmiddlewaretoken|X-CSRFToken/g))); }""",
        sorted(pages),
    )
    assert tokens == [None] * len(pages), "a kept page is nobody's"


def form_page(page, *, title="Laporan"):
    """Put a form that may wait offline on the page; its answers come from the test."""
    page.evaluate(
        """async (title) => { document.querySelector('main').innerHTML =
          `<form method="post" action="/kirim/" enctype="multipart/form-data"
             data-offline-queue data-queue-title="${title}">
           <input type="hidden" name="idempotency_key" value="first-key-of-the-page">
           <textarea name="story"></textarea><button type="submit">Kirim</button></form>`;
          await import('/static/balai/js/queue.js'); }""",
        title,
    )


def test_reports_without_a_network_wait_encrypted_and_go_out_in_order(visit):
    page = visit("/about/", **PHONE)
    sent, down = [], [True]

    def answer(route):
        if down[0]:
            route.abort()
            return
        body = route.request.post_data_buffer.decode()
        sent.append(
            (
                re.search(r'name="story"\r\n\r\n(.*?)\r\n', body)[1],
                route.request.headers["idempotency-key"],
            )
        )
        route.fulfill(status=200, content_type="text/html", body="<main>ok</main>")

    page.route("**/kirim/", answer)
    form_page(page)
    for words in ("pertama", "kedua", "ketiga"):
        page.locator("textarea").fill(words)
        page.get_by_role("button", name="Kirim").click()
        expect(page.locator(".toast").last).to_contain_text(
            "Tersimpan di ponsel, terkirim saat tersambung"
        )
        page.locator(".toast__close").last.click()
        expect(page.locator("textarea")).to_have_value("")
    stored = page.evaluate(
        """() => new Promise((done) => {
          const open = indexedDB.open('balai');
          open.onsuccess = () => {
            const all = open.result.transaction('queue').objectStore('queue').getAll();
            all.onsuccess = () => done(all.result.map(
              (item) => new TextDecoder().decode(item.sealed) + JSON.stringify(item)));
          };
        })"""
    )
    assert len(stored) == 3
    assert not any(word in item for item in stored for word in ("pertama", "kedua", "ketiga"))
    down[0] = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".toast").last).to_contain_text("sudah terkirim")
    page.wait_for_timeout(500)
    assert [words for words, _key in sent] == ["pertama", "kedua", "ketiga"]
    assert len({key for _words, key in sent}) == 3


def test_after_saving_a_form_with_errors_the_next_one_starts_clean(visit):
    page = visit("/styleguide/?errors")
    page.evaluate(
        """async () => {
          const { form } = document.getElementById('id_title');
          Object.assign(form, { method: 'post', action: '/kirim/' });
          form.dataset.offlineQueue = '';
          await import('/static/balai/js/queue.js');
        }"""
    )
    page.route("**/kirim/", lambda route: route.abort())
    page.locator("#id_title").fill("Lampu padam")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".toast").last).to_contain_text("Tersimpan")
    expect(page.locator(".errsum, .field__error, .field--error")).to_have_count(0)
    expect(page.locator("#id_title")).to_have_value("")


def test_a_report_survives_closing_the_page(visit):
    page = visit("/about/")
    page.route("**/kirim/", lambda route: route.abort())
    form_page(page)
    page.locator("textarea").fill("lampu padam")
    page.get_by_role("button", name="Kirim").click()
    expect(page.locator(".toast").last).to_contain_text("Tersimpan")
    other = page.context.new_page()
    page.close()
    got = []

    def accept(route):
        got.append(route.request.post_data_buffer.decode())
        route.fulfill(status=201, body="ok")

    other.route("**/kirim/", accept)
    other.goto(page.url)
    other.wait_for_timeout(1500)
    assert len(got) == 1
    assert "lampu padam" in got[0]


def test_an_answer_is_shown_as_if_one_had_gone_there(visit):
    page = visit("/about/")
    page.route(
        "**/kirim/",
        lambda route: route.fulfill(
            status=200, content_type="text/html",
            body="<title>Terima kasih</title><body><main><h1>TNG-26-000017</h1></main></body>",
        ),
    )  # fmt: skip
    form_page(page)
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("TNG-26-000017")
    assert page.title() == "Terima kasih"


def test_photos_are_shown_made_smaller_and_can_be_taken_out(visit, tmp_path):
    from PIL import Image

    names = []
    for number in range(2):
        names.append(str(tmp_path / f"{number}.jpg"))
        Image.effect_noise((3000, 2000), 80).convert("RGB").save(names[-1], quality=95)
    page = visit("/styleguide/", **PHONE)
    page.locator("input[type=file]").set_input_files(names)
    expect(page.locator("figure.photo img")).to_have_count(2)
    sizes = page.evaluate(
        """async () => {
          const files = [...document.querySelector('input[type=file]').files];
          const pictures = await Promise.all(files.map((file) => createImageBitmap(file)));
          return pictures.map((picture) => Math.max(picture.width, picture.height));
        }"""
    )
    assert sizes == [2048, 2048]
    page.get_by_role("button", name="Hapus foto 1").click()
    expect(page.locator("figure.photo img")).to_have_count(1)
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1


def test_a_form_with_errors_takes_one_to_the_field(visit):
    page = visit("/styleguide/?errors")
    expect(page.locator(".errsum")).to_be_focused()
    link = page.locator(".errsum a").first
    link.click()
    expect(page.locator(link.get_attribute("href"))).to_be_focused()


def test_a_dialog_opens_and_closes_with_the_keyboard(visit):
    page = visit("/styleguide/")
    page.get_by_role("link", name="Open dialog").click()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()


def area(number, name, west):
    ring = [[west, -6.2], [west + 0.1, -6.2], [west + 0.1, -6.1], [west, -6.1], [west, -6.2]]
    return {
        "type": "Feature",
        "properties": {"code": f"36.71.0{number}", "name": name},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
    }


AREAS = {
    "type": "FeatureCollection",
    "features": [area(1, "Barat", 106.5), area(2, "Timur", 106.6)],
}
THERE = {"permissions": ["geolocation"], "geolocation": {"latitude": -6.15, "longitude": 106.65}}


def test_a_pin_on_the_map_knows_its_area(visit):
    page = visit("/", **PHONE, **THERE)
    page.route("**/boundaries.geojson", lambda route: route.fulfill(json=AREAS))
    page.goto(page.url + "styleguide/")
    field = page.locator("[data-pin]")
    expect(field.locator("path.pin__area")).to_have_count(2)
    picture = field.locator("[data-pin-map]")
    box = picture.bounding_box()
    picture.tap(position={"x": box["width"] * 0.3, "y": box["height"] * 0.6})
    expect(field.locator("[data-pin-says]")).to_have_text("Barat")
    latitude, longitude = (field.locator("input").nth(at).input_value() for at in (0, 1))
    assert -6.2 < float(latitude) < -6.1
    assert 106.5 < float(longitude) < 106.6
    field.get_by_role("button", name="Lokasi saya").tap()
    expect(field.locator("[data-pin-says]")).to_contain_text("Timur. Akurasi")
    assert field.locator("input").nth(1).input_value() == "106.650000"
    assert violations(page) == []


def test_without_boundaries_and_tiles_the_phones_position_remains(visit):
    page = visit("/styleguide/", **PHONE)
    expect(page.locator("[data-pin-map]")).to_have_count(0)
    expect(page.get_by_role("button", name="Lokasi saya")).to_be_visible()
