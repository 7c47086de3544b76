"""Alerts of others: read politely, believed within bounds, shown where they meet the region."""

import random
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import nan
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone

from balai.context import Region
from balai.directory.models import Area
from modules.emergency import tasks
from modules.emergency.cap import Area as Place, Info, Message, Reference, Unreadable, to_xml
from modules.emergency.cap.index import entries
from modules.emergency.models import Feed, FeedItem
from modules.emergency.selectors import places
from modules.emergency.services import feed_fetching, feeds
from modules.emergency.tests import feed_server
from modules.emergency.tests.test_cap import BOMB
from tenants import directory

HERE = ((-6.15, 106.60), (-6.20, 106.60), (-6.20, 106.68), (-6.15, 106.68), (-6.15, 106.60))
FAR = ((0.91, 122.11), (0.81, 122.11), (0.81, 122.21), (0.91, 122.21), (0.91, 122.11))
CREDIT = "BMKG"
CONSOLE = "/console/emergency/feeds/"


@pytest.fixture(autouse=True)
def own_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share answers with nobody else's tests, and put the cache's prefix back."""
    monkeypatch.setattr(caches["global"], "key_prefix", uuid.uuid4().hex)


@pytest.fixture
def service() -> Iterator[feed_server.Service]:
    """Another service's feed."""
    with feed_server.serving() as running:
        yield running


@pytest.fixture
def feed(in_region: Region, service: feed_server.Service, settings) -> Feed:
    """That feed in Kota Tangerang, one kecamatan of which is drawn."""
    settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{service.port}"]
    district = Area.objects.filter(kind=Area.Kind.DISTRICT).earliest("code")
    square = [[[106.61, -6.19], [106.65, -6.19], [106.65, -6.16], [106.61, -6.16], [106.61, -6.19]]]
    district.boundary = {"type": "Polygon", "coordinates": square}
    district.boundary_changed_at = timezone.now()
    district.save()
    Feed.objects.all().delete()
    return feeds.add(name="BMKG", url=service.url, credit=CREDIT, now=timezone.now())


def message(identifier: str, ring=HERE, severity: str = "Severe", **fields: object) -> Message:
    """Return an alert as such a service writes it."""
    sent = datetime.now(ZoneInfo("Asia/Jakarta")).replace(microsecond=0)
    info = Info(
        language="id", categories=("Met",), event="Hujan Lebat", urgency="Immediate",
        severity=severity, certainty="Observed", effective=sent, expires=sent + timedelta(hours=2),
        headline=f"Hujan lebat {identifier}", description="Waspada.",
        areas=(Place(description="Banten", polygons=(ring,)),),
    )  # fmt: skip
    return Message(identifier=identifier, sender="cuaca@contoh.test", sent=sent, status="Actual",
                   **{"msg_type": "Alert", "infos": (info,), **fields})  # fmt: skip


def give(service: feed_server.Service, *messages: Message) -> None:
    """Let the service publish these, the earliest first."""
    for item in messages:
        service.documents[f"{item.identifier}.xml"] = to_xml(item)
    service.publish(*(f"{item.identifier}.xml" for item in messages))


def forget_answers() -> None:
    """Act as after the minute for which answers are shared."""
    caches["global"].key_prefix = uuid.uuid4().hex


def again(feed: Feed) -> Feed:
    """Ask the feed once more, as if its turn had come and nothing were kept."""
    forget_answers()
    Feed.objects.filter(pk=feed.pk).update(next_at=timezone.now())
    feed.refresh_from_db()
    tasks.read_feeds()
    feed.refresh_from_db()
    return feed


def test_what_meets_the_region_is_shown_with_its_source(
    feed: Feed, service, in_region: Region, other_region: Region, client_for: Callable
) -> None:
    give(service, message("jauh", FAR), message("ringan", severity="Minor"), message("berat"),
         replace(message("latihan"), status="Exercise"))  # fmt: skip
    feed = again(feed)
    assert (feed.error, feed.failures) == ("", 0)
    assert set(FeedItem.objects.values_list("identifier", flat=True)) == {"ringan", "berat"}
    item = FeedItem.objects.get(identifier="berat")
    assert item.areas == [places.districts().codes[0]]
    directory.invalidate()
    client = client_for(in_region)
    home = client.get("/").content.decode()
    assert "Hujan lebat berat" in home
    assert CREDIT in home
    assert "Hujan lebat ringan" not in home
    page = client.get("/emergency/alerts/").content.decode()
    assert "Hujan lebat ringan" in page
    assert "Hujan lebat jauh" not in page
    assert "Hujan lebat berat" not in client_for(other_region).get("/").content.decode()
    feeds.switch(feed=feed, active=False, now=timezone.now())
    directory.invalidate()
    assert "Hujan lebat berat" not in client.get("/").content.decode()


def test_updates_replace_and_cancellations_end(feed: Feed, service, in_region: Region) -> None:
    first = message("a1")
    refers = Reference(sender=first.sender, identifier="a1", sent=first.sent)
    update = message("a2", msg_type="Update", references=(refers,))
    again_refers = Reference(sender=first.sender, identifier="a2", sent=first.sent)
    give(service, first, update)
    again(feed)
    held = FeedItem.objects.filter(cancelled=False)
    assert [item.identifier for item in held] == ["a2"]
    give(service, first, update, replace(first, identifier="a3", msg_type="Cancel",
                                         references=(again_refers,), infos=()))  # fmt: skip
    again(feed)
    assert not held.all().exists()
    directory.invalidate()
    found = directory.by_schema(in_region.schema)
    assert found is not None
    assert found.banners_until is None


def test_nothing_is_asked_twice(feed: Feed, service) -> None:
    give(service, message("a"), message("b"))
    again(feed)
    again(feed)
    assert sorted(service.asked) == ["/a.xml", "/b.xml", "/rss.xml", "/rss.xml"]
    service.asked.clear()
    feeds.poll_due(now=timezone.now())
    assert service.asked == [], "not its turn"
    stale = Feed.objects.get(pk=feed.pk)
    again(feed)
    service.asked.clear()
    assert not feeds.poll(feed=stale, now=timezone.now()), "another process has this turn"
    assert service.asked == []
    forget_answers()
    for name in ("Satu", "Dua"):
        region_feed = feeds.add(name=name, url=service.url, credit="x", now=timezone.now())
        feeds.poll(feed=region_feed, now=timezone.now())
    assert sorted(service.asked) == ["/a.xml", "/b.xml", "/rss.xml"], "regions share answers"
    assert FeedItem.objects.filter(feed=region_feed).count() == 2


def test_a_feed_that_fails_is_asked_less_and_less(feed: Feed, service, settings) -> None:
    give(service, message("a"))
    service.status = 503
    pauses = []
    for _ in range(9):
        feed = again(feed)
        pauses.append(feed.next_at - timezone.now())
    assert feed.error == "HTTP 503"
    assert timedelta(minutes=9) < pauses[0] < pauses[1] < pauses[2]
    assert pauses[-1] <= feeds.LONGEST_PAUSE
    service.status = 200
    feed = again(feed)
    assert (feed.error, feed.failures) == ("", 0)
    settings.OUTBOUND_TRUSTED = []
    assert again(feed).error == feeds.PRIVATE


def test_bombs_and_rubbish_cost_one_document(feed: Feed, service) -> None:
    give(service, message("bom"), message("rusak"), message("baik"))
    service.documents["bom.xml"] = BOMB
    service.documents["rusak.xml"] = b"<html>maaf</html>"
    feed = again(feed)
    assert feed.error == ""
    assert [item.identifier for item in FeedItem.objects.all()] == ["baik"]
    service.index, service.etag = BOMB, '"bom"'
    assert again(feed).error == feeds.STRANGE
    service.index, service.etag = b"<rss>" + b" " * 3_000_000 + b"</rss>", '"besar"'
    assert again(feed).error == feeds.PRIVATE


def star(corners: int) -> tuple[tuple[float, float], ...]:
    """Return a ring that crosses itself so often that putting it in order takes minutes."""
    chance = random.Random(1)  # the same each time
    points = [(chance.uniform(-6.3, -6.1), chance.uniform(106.5, 106.7)) for _ in range(corners)]
    return (*points, points[0])


def test_hostile_documents_cost_neither_minutes_nor_the_others(feed: Feed, service) -> None:
    far_off = datetime(2099, 1, 1, tzinfo=UTC)
    info = message("x").infos[0]
    nothing = replace(info, areas=(Place(description="-", circles=((-6.17, 106.63, 0.0),)),))
    odd = replace(info, web="http://[x", headline="Hujan\tdi\u00a0sini", areas=(
        Place(description="-", polygons=(star(3000), ((nan, 1.0), *HERE))),))  # fmt: skip
    give(
        service, message("bintang", infos=(odd,)),
        replace(message("kelak"), sent=far_off, infos=(replace(info, expires=None),)),
        message("titik", infos=(nothing,)), message("lama"), message("baik"),
    )  # fmt: skip
    service.documents["lama.xml"] = re.sub(
        b"<effective>.*<", b"<effective>0001-01-01T00:00:00+14:00<", service.documents["lama.xml"]
    )
    began = time.monotonic()
    feed = again(feed)
    assert time.monotonic() - began < 5
    assert (feed.error, feed.failures) == ("", 0)
    kept = {item.identifier: item for item in FeedItem.objects.all()}
    assert set(kept) == {"bintang", "kelak", "titik", "lama", "baik"}
    assert (kept["bintang"].headline, kept["bintang"].web) == ("Hujan di sini", "")
    assert sum(map(len, kept["bintang"].polygons)) < 500, "a page is not made heavy"
    assert kept["kelak"].sent_at <= timezone.now() < kept["kelak"].expires_at
    assert kept["lama"].onset_at is None


def test_documents_that_cannot_be_had_do_not_silence_the_others(
    feed: Feed, service, monkeypatch
) -> None:
    give(service, *(message(name) for name in ("hilang", "pindah", "lambat", "baik")))
    del service.documents["hilang.xml"]
    base = f"http://127.0.0.1:{service.port}"
    service.moved["pindah.xml"] = f"http://localhost:{service.port}/rss.xml"
    service.index = service.index.replace(
        b"<channel>", "<channel><item><link>é.xml</link></item>"
        "<item><link>http://[x</link></item>".encode(),
    )  # fmt: skip
    real = feed_fetching.document

    def slow(url: str) -> bytes:
        if url == f"{base}/lambat.xml":
            raise TimeoutError
        return real(url)

    monkeypatch.setattr(feed_fetching, "document", slow)
    with time_machine.travel(datetime(2026, 9, 24, 8, 30, tzinfo=UTC), tick=False):
        give_sent_now = message("baik")
        service.documents["baik.xml"] = to_xml(give_sent_now)
        feed = again(feed)
        assert (feed.error, [item.identifier for item in FeedItem.objects.all()]) == ("", ["baik"])
        assert {url.rpartition("/")[2] for url in feed.seen} == {"é.xml", "baik.xml"}
        service.asked.clear()
        monkeypatch.setattr(feed_fetching, "document", real)
        service.documents["hilang.xml"] = to_xml(message("hilang"))
        service.documents["lambat.xml"] = to_xml(message("lambat"))
        feed = again(feed)
        assert FeedItem.objects.count() == 3, "they came later"
    with time_machine.travel(datetime(2026, 9, 24, 10, tzinfo=UTC), tick=False):
        feed = again(feed)
        assert f"{base}/pindah.xml" in feed.seen, "an old entry that leads nowhere is given up"


def test_what_was_written_without_dates_is_read_from_the_end() -> None:
    rss = b"<rss><channel><item><link>b</link></item><item><link>a</link></item></channel></rss>"
    assert [entry.url[-1] for entry in entries(rss, "https://cap.test/")] == ["a", "b"]


def test_a_host_is_spared(feed: Feed, service, settings) -> None:
    settings.GLOBAL_RATE_LIMITS = {**settings.GLOBAL_RATE_LIMITS, "feed.host": (2, 60)}
    give(service, *(message(f"m{number}") for number in range(4)))
    feed = again(feed)
    assert (FeedItem.objects.count(), feed.failures, feed.etag) == (1, 0, "")
    for _ in range(3):
        feed = again(feed)
    assert FeedItem.objects.count() == 4


def test_indexes_of_other_kinds() -> None:
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom">
      <entry><updated>2026-01-02T00:00:00Z</updated>
      <link rel="alternate" type="text/html" href="/b"/>
      <link type="application/cap+xml" href="b.xml"/></entry>
      <entry><updated>2026-01-01T00:00:00Z</updated><link href="javascript:x"/></entry>
      <entry><updated>2026-01-01T00:00:00Z</updated><link href="a.xml"/></entry></feed>"""
    found = [entry.url for entry in entries(atom, "https://cap.test/x/feed.atom")]
    assert found == ["https://cap.test/x/a.xml", "https://cap.test/x/b.xml"]
    alone = entries(to_xml(message("a")), "https://cap.test/a.xml")
    assert [entry.url for entry in alone] == ["https://cap.test/a.xml"]
    with pytest.raises(Unreadable):
        entries(b"<html/>", "https://cap.test/")


def test_admins_add_try_switch_and_remove(
    feed: Feed, service, in_region: Region, make_user: Callable, client_for: Callable
) -> None:
    give(service, message("a"), message("b", FAR))
    forget_answers()
    admin = client_for(in_region, make_user("admin"))
    assert client_for(in_region, make_user("dispatcher")).get(CONSOLE).status_code == 403
    told = {"name": "Lain", "credit": "Lain", "url": "http://10.0.0.1/rss"}
    assert admin.post(CONSOLE, told).status_code == 422
    assert admin.post(CONSOLE, {**told, "url": feed.url}).status_code == 422
    own = f"http://127.0.0.1:{service.port}/lain.xml"
    assert admin.post(CONSOLE, {**told, "url": own}).status_code == 302
    page = f"{CONSOLE}{feed.uuid}/"
    tried = admin.post(page, {"do": "try"}, follow=True)
    assert "2" in str(list(tried.context["messages"])[-1])
    assert not FeedItem.objects.exists()
    admin.post(page, {"do": "off"})
    feed.refresh_from_db()
    assert not feed.active
    assert admin.post(page, {"do": "remove"}).status_code == 200
    assert Feed.objects.filter(pk=feed.pk).exists()
    admin.post(page, {"do": "remove", "sure": "1"})
    assert not Feed.objects.filter(pk=feed.pk).exists()


def test_a_new_region_does_not_call_out_by_itself(in_region: Region) -> None:
    feed = Feed.objects.get()
    assert (feed.name, feed.active) == ("BMKG", False)
