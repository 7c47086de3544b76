"""The public pages of a real region."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

BUDGET = 60 * 1024  # bytes, gzipped, all of the home page without the photo


@pytest.mark.parametrize(
    "path", ["/", "/search/", "/search/?q=lampu", "/about/", "/privacy/", "/accessibility/"]
)
def test_public_pages_answer(region, client_for, path):
    response = client_for(region).get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Kota Tangerang" in html
    assert 'href="tel:112"' in html


def test_the_home_page_has_a_tile_for_every_service_and_112(region, client_for):
    html = client_for(region).get("/").content.decode()
    tiles = re.findall(r'class="tile" href="([^"]+)"', html)
    assert tiles[-1] == "tel:112"
    assert len(tiles) == len(set(tiles))


def test_a_city_shows_its_own_name_only(region, other_region, client_for):
    assert "Purworejo" not in client_for(region).get("/").content.decode()
    assert "Kabupaten Purworejo" in client_for(other_region).get("/").content.decode()


def test_signed_in_people_are_greeted(region, client_for, make_user):
    user = make_user(city=region, name="Siti Aminah")
    assert "Siti Aminah" in client_for(region, user).get("/").content.decode()


def test_what_is_searched_is_escaped(region, client_for):
    html = client_for(region).get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_cookies_of_the_privacy_page_are_the_real_ones(region, client_for, settings):
    html = client_for(region).get("/privacy/").content.decode()
    for name in (
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.LANGUAGE_COOKIE_NAME,
    ):
        assert name in html


def test_english_is_complete(region, client_for):
    client = client_for(region)
    client.cookies["balai_language"] = "en"
    for path in ("/", "/about/", "/privacy/", "/accessibility/"):
        html = client.get(path).content.decode()
        assert '<html lang="en"' in html
        assert "Layanan" not in html


def test_the_home_page_fits_its_budget(region, client_for):
    client = client_for(region)
    html = client.get("/").content
    loaded = {"/": len(gzip.compress(html))}
    todo = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js)|/theme\.css[^"]*)"', html.decode())
    while todo:
        url = todo.pop()
        if url in loaded:
            continue
        if url.startswith("/theme.css"):
            body = client.get(url).content
        else:
            with open(finders.find(url.removeprefix("/static/")), "rb") as source:  # noqa: PTH123 - a found path
                body = source.read()
            folder = url.rpartition("/")[0]
            if url.endswith(".js") and "/balai/" in url:
                todo += [
                    f"{folder}/{name}"
                    for name in re.findall(r'(?:from |import\()"\./([\w.]+)"', body.decode())
                ]
        loaded[url] = len(gzip.compress(body))
    assert any("htmx" in url for url in loaded)
    assert sum(loaded.values()) <= BUDGET, loaded
