"""Other sites' feeds: as broken as they come, never into our own network, ever more patiently."""

from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.news import syndication, topics
from modules.news.models import Feed, FeedItem
from modules.news.receivers.sources import read_source
from modules.news.selectors import feeds
from modules.news.services import reading, sources
from modules.news.syndication import NotAFeed
from modules.news.tasks import read_feeds
from modules.news.tests.conftest import own_queries
from modules.news.tests.test_receivers import event_of
from modules.news.workflow import NotAllowed

pytestmark = pytest.mark.django_db
SITE = "https://dinkes.example.go.id/feed/"


def rss(*items: str) -> bytes:
    """Return an RSS document with these items."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>Dinas</title>{body}</channel></rss>'.encode()


def item(title: str, name: str = "1", when: str = "Mon, 23 Nov 2026 08:00:00 +0700") -> str:
    """Return one item of an RSS document."""
    link = f"https://dinkes.example.go.id/{name}"
    return f"<title>{title}</title><link>{link}</link><pubDate>{when}</pubDate>"


class Site(BaseHTTPRequestHandler):
    """Another site: ``answers`` says what it does at each path, ``asked`` what it was asked."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers.get("If-None-Match", "")))
        status, headers, body = self.answers.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(settings) -> Iterator[str]:
    """The other site's address; the operator trusts it, though it is our own machine."""
    Site.answers, Site.asked = {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.OUTBOUND_TRUSTED = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def parsed(body: bytes, content_type: str = "application/rss+xml") -> list[syndication.Entry]:
    """Return what is made of a document."""
    return syndication.parse(body, content_type=content_type, url=SITE, now=timezone.now())


def test_a_feed_is_read_again_only_when_it_changed(site, in_region) -> None:
    Site.answers["/feed"] = (200, {"ETag": '"a"'}, rss(item("Posyandu buka", "1")))
    feed = sources.add(name="Dinas Kesehatan", url=f"{site}/feed")
    now = timezone.now()
    assert read_feeds.run_in_region() == 1
    assert read_feeds.run_in_region() == 0
    again = reading.read(feed.uuid, now=now + timedelta(minutes=16))
    assert (again.status, again.error) == (304, "")
    assert Site.asked == [("/feed", ""), ("/feed", '"a"')]
    Site.answers["/feed"] = (
        200, {"ETag": '"b"'}, rss(item("Posyandu buka malam", "1"), item("Vaksin", "2")),
    )  # fmt: skip
    reading.read(feed.uuid, now=now + timedelta(minutes=40))
    feed.refresh_from_db()
    assert {row.title for row in feed.items.all()} == {"Posyandu buka malam", "Vaksin"}
    assert [line.new for line in feeds.history(feed)] == [1, 0, 1]
    assert feeds.health(feed).colour == "green"


def test_failures_are_told_and_tried_ever_later(site, in_region) -> None:
    Site.answers["/busy"] = (429, {"Retry-After": "7200"}, b"")
    Site.answers["/page"] = (200, {"Content-Type": "text/html"}, b"<html><p>Halo</p></html>")
    Site.answers["/in"] = (302, {"Location": "http://127.0.0.1:1/secret"}, b"")
    begin, told = timezone.now(), {}
    for path in ("/gone", "/busy", "/page", "/in"):
        feed = sources.add(name=path, url=f"{site}{path}", now=begin)
        told[path] = reading.read(feed.uuid, now=begin).error
        feed.refresh_from_db()
        wait = timedelta(hours=2) if path == "/busy" else timedelta(minutes=10)
        assert feed.next_at == begin + wait
    assert told == {
        "/gone": "http_404", "/busy": "http_429", "/page": "no_feed", "/in": "refused",
    }  # fmt: skip
    assert all(feeds.sentence(code) for code in (*told.values(), *feeds.ERRORS, "http_500"))
    for times in range(2, 9):
        feed = Feed.objects.get(name="/gone")
        reading.read(feed.uuid, now=feed.next_at)
        feed.refresh_from_db()
        assert feed.failures == times
    assert feed.next_at - feed.checked_at == reading.LONGEST_PAUSE
    assert feeds.health(feed).colour == "red"
    assert feeds.in_trouble() == 1
    pauses = [reading.pause(n) for n in range(1, 8)]
    assert pauses == sorted(pauses)
    assert reading.pause(5000) == timedelta(hours=6)


def test_nothing_of_a_site_escapes_the_task(in_region, monkeypatch) -> None:
    for name in ("satu", "dua"):
        sources.add(name=name, url=f"https://{name}.example.go.id/feed")

    def explode(*_args: object, **_kwargs: object) -> None:
        raise RecursionError("deep")

    monkeypatch.setattr(reading.outbound, "fetch", explode)
    assert read_feeds.run_in_region() == 2
    assert set(Feed.objects.values_list("error", flat=True)) == {"broken"}


def test_who_reads_a_feed_has_it_alone(in_region) -> None:
    feed = sources.add(name="Dinas", url=SITE)
    sources.switch(feed=feed, on=False)
    assert reading.read(feed.uuid) is None
    sources.switch(feed=feed, on=True)
    Feed.objects.update(next_at=timezone.now() + timedelta(minutes=1))
    assert reading.read(feed.uuid) is None
    old = Feed.objects.get()
    sources.change(feed=feed, name="Dinas", url=f"{SITE}baru")
    (entry,) = parsed(rss(item("Lama")))
    reading._keep(old, reading.Reading(200, "", (entry,)), timezone.now())
    assert not FeedItem.objects.exists()


def test_hostile_words_links_and_dates_become_harmless() -> None:
    rows = parsed(
        rss(
            item("&lt;script&gt;alert(1)&lt;/script&gt;Judul &lt;b&gt;tebal&lt;/b&gt;", "1"),
            "<title>Jebakan</title><link>javascript:alert(1)</link>",
            "<title>Data</title><link>data:text/html,x</link>",
            "<title>Nama</title><link>https://orang:sandi@example.org/</link>",
            item("Masa depan", "2", "Mon, 23 Nov 2099 08:00:00 +0700"),
            item("Tanggal Indonesia", "3", "Senin, 05 Agustus 2019"),
            item("Tanpa tanggal", "4", "kemarin"),
            item("Dua kali", "5"), item("Dua kali lagi", "5"),
            "<link>https://dinkes.example.go.id/6</link>",
            f"<title>{'a' * 500}</title><link>/relatif</link>",
        )
    )  # fmt: skip
    found = {row.title: row for row in rows}
    assert "<" not in "".join(row.title + row.summary for row in rows)
    assert "Judul tebal" in found
    assert {"Jebakan", "Data", "Nama", "Dua kali lagi"}.isdisjoint(found)
    assert all(row.published_at <= timezone.now() for row in rows)
    assert found["Tanggal Indonesia"].published_at.date().isoformat() == "2019-08-05"
    long = next(row for row in rows if row.title.startswith("aaa"))
    assert (len(long.title), long.url) == (200, "https://dinkes.example.go.id/relatif")


@pytest.mark.parametrize(
    "body",
    [
        rss(item("Terpotong"))[:-40],
        b"\xef\xbb\xbf" + rss(item("Terpotong")),
        rss(item("Terpotong &nbsp; & satu < dua")),
        b'<?xml version="1.0" encoding="windows-1252"?>' + rss(item("Terpotong \u00e9")),
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("Terpotong &x;")),
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Terpotong</title>'
        b'<id>urn:a</id><link href="/a"/><updated>2026-11-20T00:00:00Z</updated></entry></feed>',
    ],
)
def test_broken_documents_give_what_they_have(body) -> None:
    (row,) = parsed(body)
    assert row.title.startswith("Terpotong")
    assert "root:" not in row.title


def test_documents_that_are_none_or_endless() -> None:
    with pytest.raises(NotAFeed, match="empty"):
        parsed(b" \n")
    for text in (b"http://127.0.0.1/secret", b"/etc/passwd", b"\x00\xff" * 50):
        with pytest.raises(NotAFeed, match="no_feed"):
            parsed(text)
    many = [item(f"Judul {n}", str(n), "kemarin") for n in range(1000)]
    rows = parsed(rss(*many))
    assert [row.title for row in rows] == [f"Judul {n}" for n in range(syndication.MOST_KEPT)]


def test_old_items_go_and_hidden_ones_stay_hidden(in_region) -> None:
    feed, now = sources.add(name="Dinas", url=SITE), timezone.now()

    def keep(first: int, last: int) -> None:
        rows = [
            item(f"Judul {n}", str(n), f"Mon, 02 Nov 2026 {n // 60:02}:{n % 60:02}:00 +0700")
            for n in range(first, last)
        ]
        reading._keep(feed, reading.Reading(200, "", tuple(parsed(rss(*rows)))), now)

    keep(0, 30)
    sources.hide(item=feed.items.get(title="Judul 29"), hidden=True)
    keep(5, 35)
    assert feed.items.count() == syndication.MOST_KEPT
    assert not feed.items.filter(title="Judul 4").exists()
    assert feed.items.get(title="Judul 29").hidden
    assert [row.title for row in feeds.latest(5)] == ["Judul 34", "Judul 33"]
    assert "Judul 29" not in {row.title for row in feeds.shown()}


def test_pages_show_titles_with_few_queries(in_region, visitor, at, reviewer, writer) -> None:
    counts = []
    for number in range(1, 4):
        feed = sources.add(name=f"Dinas {number}", url=f"{SITE}{number}")
        row = item(f"Judul luar {number}", str(number))
        reading._keep(feed, reading.Reading(200, "", tuple(parsed(rss(row)))), timezone.now())
        if number in (1, 3):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                html = visitor.get("/news/").content.decode()
                page = visitor.get("/news/elsewhere/").content.decode()
            counts.append(own_queries(seen))
            assert f"Judul luar {number}" in html and f"Judul luar {number}" in page
    assert counts[0] == counts[1]
    one = visitor.get(f"/news/elsewhere/?source={feed.uuid}").content.decode()
    assert "Judul luar 3" in one and "Judul luar 1" not in one
    assert 'rel="external noopener noreferrer nofollow"' in one
    sources.switch(feed=feed, on=False)
    assert "Judul luar 3" not in visitor.get("/news/elsewhere/").content.decode()
    assert visitor.get("/news/elsewhere/?source=x&page=99").status_code == 200
    health = f"/desk/news/sources/{feed.uuid}/"
    assert "Judul luar 3" in at(writer).get(health).content.decode()
    assert at(writer).get("/desk/news/sources/").status_code == 200
    for page in (
        "/console/news/",
        "/console/news/sources/new/",
        f"/console/news/sources/{feed.uuid}/",
    ):
        assert at(writer).get(page).status_code == 403
        assert at(reviewer).get(page).status_code == 200
    assert at(writer).post(f"{health}read/").status_code == 403


def test_an_admin_adds_changes_and_takes_away(in_region, at, reviewer, settings, site) -> None:
    client = at(reviewer)
    Site.answers["/feed"] = (200, {}, rss(item("Dari layar admin")))
    private = client.post(
        "/console/news/sources/new/", {"name": "Dalam", "url": "http://10.0.0.1/x"}
    )
    assert private.status_code == 422
    assert 'value="http://10.0.0.1/x"' in private.content.decode()
    told = {"name": "Dinas", "url": f"{site}/feed"}
    assert client.post("/console/news/sources/new/", told).status_code == 302
    feed = Feed.objects.get()
    assert client.post("/console/news/sources/new/", told).status_code == 422
    with pytest.raises(NotAllowed):
        sources.add(name="Lagi", url=told["url"])
    read_source(event_of(topics.SOURCE_WANTED, feed=feed.pk))
    (kept,) = feed.items.all()
    assert client.post(f"/desk/news/sources/{feed.uuid}/read/").status_code == 302
    feed.refresh_from_db()
    assert feed.next_at <= timezone.now()
    client.post(f"/desk/news/sources/{feed.uuid}/items/{kept.key}/", {"hidden": "1"})
    assert feed.items.get().hidden
    base = f"/console/news/sources/{feed.uuid}/"
    for page in ("switch/", "remove/"):
        assert client.get(base + page).status_code == 200
    client.post(f"{base}switch/")
    assert not Feed.objects.get().active
    client.post(base, {"name": "Dinas Baru", "url": f"{site}/lain"})
    feed.refresh_from_db()
    assert (feed.name, feed.items.count(), feed.log) == ("Dinas Baru", 0, [])
    client.post(f"{base}remove/")
    assert not Feed.objects.exists()
