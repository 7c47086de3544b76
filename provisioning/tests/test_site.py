"""The public pages: in both languages, true figures, same number of queries for few and many."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.context import platform
from provisioning.models import Plan
from provisioning.signup import places
from tenants import hosts
from tenants.models import Region

pytestmark = pytest.mark.django_db
PAGES = ("/", "/find/", "/plans/", "/about/", "/privacy/", "/terms/", "/open/")


@pytest.fixture
def browser(db: None) -> Client:
    return Client(HTTP_HOST=str(hosts.apex()))


@pytest.mark.parametrize("page", PAGES)
def test_page_speaks_both_languages(browser: Client, page: str) -> None:
    titles = []
    for language in ("id", "en"):
        browser.cookies["balai_language"] = language
        answer = browser.get(page)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert f'<html lang="{language}"' in text
        titles.append(re.search(r"<h1[^>]*>(.*?)</h1>", text).group(1))
        assert not re.search(r"<script(?![^>]*src)|style=|onclick=", text)
    assert titles[0] != titles[1]


def test_home_names_the_open_regions_and_only_those(browser: Client, region, other_region) -> None:
    text = browser.get("/").content.decode()
    for city in (region, other_region):
        assert f'href="http://{city.host}/"' in text
    with platform():
        Region.objects.filter(pk=other_region.id).update(state="closed")
    assert f'href="http://{other_region.host}/"' not in browser.get("/").content.decode()


def test_find_leads_to_open_cities_and_offers_to_tell_the_others(browser: Client, region) -> None:
    text = browser.get("/find/", {"q": "tangerang"}).content.decode()
    assert f'href="http://{region.host}/"' in text
    assert "mailto:?subject=" in text and "Kota Tangerang Selatan" in text
    assert browser.get("/find/", {"q": "atlantis"}).status_code == 200
    part = browser.get("/find/", {"q": "purwo"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "Kabupaten Purworejo" in part
    assert "Kabupaten Cilacap" in browser.get("/find/", {"province": "33"}).content.decode()


def test_find_costs_the_same_for_one_city_and_for_all(browser: Client, region) -> None:
    browser.get("/find/")
    counts = []
    for query in ("tangerang selatan", "kabupaten"):
        with CaptureQueriesContext(connection) as captured:
            browser.get("/find/", {"q": query})
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_search_finds_name_code_and_province(db: None) -> None:
    with platform():
        assert [place.code for place in places.search("36.71").places] == ["36.71"]
        assert places.search("purworejo").places[0].code == "33.06"
        assert places.search("kab. bandung").places[0].code == "32.04"
        found = places.search("jawa tengah")
        assert found.total == 35 and found.more == 35 - places.MOST
        assert places.search("").places == []


def test_plans_come_from_the_database(browser: Client) -> None:
    with platform():
        Plan.objects.filter(slug="standard-s").update(price=120_000_000)
        Plan.objects.filter(slug="plus-l").update(offered=False)
    text = browser.get("/plans/").content.decode()
    assert "Rp120.000.000" in text
    assert "Plus, lebih dari 1 juta" not in text


def test_robots_and_sitemap(browser: Client, region) -> None:
    assert "Disallow: /open/" in browser.get("/robots.txt").content.decode()
    tree = ElementTree.fromstring(browser.get("/sitemap.xml").content)
    urls = [
        element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert f"http://{region.host}/" in urls
    assert f"http://{hosts.apex()}/" in urls


def test_public_pages_do_not_exist_on_a_region(region) -> None:
    browser = Client(HTTP_HOST=region.host)
    for page in ("/plans/", "/open/", "/find/", "/claim/36.71/", "/operator/"):
        assert browser.get(page).status_code == 404, page
