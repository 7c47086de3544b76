"""Atom, RSS and GeoJSON of public reports: valid, filtered, bounded, cacheable."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

import feedparser
import pytest

from modules.complaints.models import Complaint
from modules.complaints.tests.crowd import clones

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/complaints/feed.atom", "/complaints/feed.rss")


@pytest.mark.parametrize("path", FEEDS)
def test_feeds_are_well_formed_and_honour_filters(
    path: str, routed: Callable, resolved: Callable, visitor: Callable
) -> None:
    waiting, done = routed(title="Lampu <mati> & gelap\x07"), resolved(title="Lampu diganti")
    answer = visitor.get(path)
    assert answer["Content-Type"].startswith(("application/atom+xml", "application/rss+xml"))
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert {entry.link.rstrip("/").rsplit("/", 1)[1] for entry in feed.entries} == {
        str(waiting.uuid), str(done.uuid),
    }  # fmt: skip
    assert feed.feed.title
    assert all(entry.link.startswith("http://") for entry in feed.entries)
    assert len({entry.id for entry in feed.entries}) == 2
    only = feedparser.parse(visitor.get(f"{path}?status=done").content)
    assert [entry.title for entry in only.entries] == [done.title]
    links = [link for link in only.feed.links if link.rel == "self"]
    assert [link.href.rsplit("?", 1)[1] for link in links] == ["status=done"]


def test_atom_has_what_rfc_4287_requires(routed: Callable, visitor: Callable) -> None:
    routed()
    root = ElementTree.fromstring(visitor.get("/complaints/feed.atom").content)
    for element in (root, root.find(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Kota Tangerang"


@pytest.mark.parametrize("path", [*FEEDS, "/complaints/reports.geojson"])
def test_programs_are_told_what_they_have_already(
    path: str, routed: Callable, visitor: Callable
) -> None:
    routed()
    first = visitor.get(path)
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert visitor.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    routed()
    assert visitor.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_geojson_leads_through_all_reports(routed: Callable, visitor: Callable) -> None:
    report = routed(pin=(-6.2, 106.6))
    clones(report, 5, latitude=None, longitude=None)
    path, numbers = "/complaints/reports.geojson?limit=4&status=waiting", []
    while path:
        answer = visitor.get(path)
        body = json.loads(answer.content)
        assert body["type"] == "FeatureCollection"
        for feature in body["features"]:
            assert set(feature) == {"type", "geometry", "properties", "id"}
            placed = feature["id"] == report.number
            expected = {"type": "Point", "coordinates": [106.6, -6.2]} if placed else None
            assert feature["geometry"] == expected
            numbers.append(feature["id"])
        path = body.get("next", "").partition("://")[2].partition("/")[2]
        path = f"/{path}" if path else ""
        assert ("Link" in answer) == bool(path)
    assert sorted(numbers) == sorted(Complaint.objects.values_list("number", flat=True))
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("limit", "expected"), [("0", 3), ("2", 2), ("99999", 3), ("x", 3)])
def test_geojson_is_bounded(limit: str, expected: int, routed: Callable, visitor: Callable) -> None:
    clones(routed(), 2)
    body = visitor.get(f"/complaints/reports.geojson?limit={limit}").json()
    assert len(body["features"]) == expected


def test_pages_name_their_feeds(
    routed: Callable, visitor: Callable, with_settings: Callable
) -> None:
    report = routed()
    page = visitor.get("/complaints/?q=lampu").content.decode()
    for kind, path in (
        ("application/atom+xml", "/complaints/feed.atom?q=lampu"),
        ("application/rss+xml", "/complaints/feed.rss?q=lampu"),
        ("application/geo+json", "/complaints/reports.geojson?q=lampu"),
    ):
        assert f'<link rel="alternate" type="{kind}"' in page
        assert f'href="{path}"' in page
    with_settings(public_list=False)
    for path in (*FEEDS, "/complaints/reports.geojson"):
        assert report.title not in visitor.get(path).content.decode()
    assert 'rel="alternate"' not in visitor.get("/complaints/").content.decode()
