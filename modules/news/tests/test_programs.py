"""What other programs read: feeds, the catalogue, the API, webhooks."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from modules.news import services, topics, webhooks
from modules.news.models import Article
from modules.news.states import Kind
from modules.news.tests.conftest import own_queries, picture
from modules.news.tests.test_receivers import event

pytestmark = pytest.mark.django_db
FEEDS = ("/news/feed.rss", "/news/feed.atom", "/news/feed.json")
ATOM = "{http://www.w3.org/2005/Atom}"


def test_feeds_are_valid_narrowed_and_cached(published, draft, visitor) -> None:
    draft(title="Masih draf")
    published(title="Nanti", at=timezone.now() + timedelta(hours=1))
    news = published(title="Lampu <mati> & gelap\x07", summary="Ringkas.")
    notice = published(Kind.NOTICE, title="Air berhenti", areas=("36.71.01",))
    services.add_picture(article=news, upload=picture(), alt="Lampu", by=None)
    for path in FEEDS[:2]:
        first = visitor.get(path)
        feed = feedparser.parse(first.content)
        assert not feed.bozo, feed.get("bozo_exception")
        assert {entry.id for entry in feed.entries} == {
            f"urn:uuid:{row.uuid}" for row in (news, notice)
        }
        only = feedparser.parse(visitor.get(f"{path}?kind=notice&area=36.71.01").content)
        assert [entry.title for entry in only.entries] == ["Air berhenti"]
        assert only.feed.links[0].href.endswith("/news/announcements/?area=36.71.01")
        assert not feedparser.parse(visitor.get(f"{path}?kind=hoax").content).entries
        assert visitor.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
        assert "max-age=300" in first["Cache-Control"]
    root = ElementTree.fromstring(visitor.get(FEEDS[1]).content)
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    told = json.loads(visitor.get(FEEDS[2]).content)
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    first = next(row for row in told["items"] if row["id"].endswith(str(news.uuid)))
    assert "<li>Jalan Merdeka</li>" in first["content_html"]
    assert first["image"].endswith("/640.jpg")
    html = visitor.get("/news/announcements/?area=36.71.01").content.decode()
    assert 'type="application/rss+xml"' in html
    assert "/news/feed.atom?kind=notice&amp;area=36.71.01" in html


def test_feeds_tell_of_the_minute_the_paper_and_the_verdict(
    draft, published, writer, reviewer, visitor
) -> None:
    now = timezone.now()
    early, minute = now - timedelta(days=2), now - timedelta(hours=1)
    later = published(title="Disetujui lebih awal", now=early, at=minute)
    paper, hoax = published(Kind.EPAPER), published(Kind.HOAX, summary="Tautan itu\xa0palsu.")
    assert (later.changed_at, later.modified_at) == (early, minute)
    for path in FEEDS[:2]:
        feed = feedparser.parse(visitor.get(path).content)
        entries = {entry.id.removeprefix("urn:uuid:"): entry for entry in feed.entries}
        (pdf,) = entries[str(paper.uuid)].enclosures
        assert pdf.href.endswith(f"/news/{paper.uuid}/paper.pdf")
        assert (pdf.type, int(pdf.length)) == ("application/pdf", paper.document["bytes"])
        assert entries[str(hoax.uuid)].summary.endswith("Tautan itu\xa0palsu.")
        assert entries[str(hoax.uuid)].summary.startswith(str(hoax.get_verdict_display()))
        told = entries[str(later.uuid)].published_parsed
        assert told == minute.utctimetuple()
    atom = entries[str(later.uuid)]
    assert atom.updated_parsed == atom.published_parsed
    items = {row["id"][9:]: row for row in json.loads(visitor.get(FEEDS[2]).content)["items"]}
    assert items[str(paper.uuid)]["attachments"][0]["mime_type"] == "application/pdf"
    assert items[str(later.uuid)]["date_modified"] == minute.isoformat()


def test_feeds_cost_the_same_for_one_and_three(published, visitor) -> None:
    counts = []
    for number in range(3):
        services.add_picture(article=published(), upload=picture(64, 48), alt="Foto", by=None)
        if number in (0, 2):
            with CaptureQueriesContext(connection) as seen:
                for path in (*FEEDS, "/api/v1/news/articles"):
                    assert visitor.get(path).status_code == 200
            counts.append(own_queries(seen))
    assert counts[0] == counts[1]


def test_the_catalogue_names_both_sets(published, visitor) -> None:
    published()
    html = visitor.get("/data/").content.decode()
    assert "/data/news-articles/" in html and "/data/news-agenda/" in html
    assert visitor.get("/data/news-agenda/").status_code == 200


def test_the_api_tells_what_a_reader_sees(published, draft, visitor, writer, reviewer) -> None:
    hoax, event_ = published(Kind.HOAX), published(Kind.EVENT)
    over = published(
        Kind.NOTICE, now=timezone.now() - timedelta(days=2),
        expires_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    hidden = draft()
    base = "/api/v1/news"
    listed = visitor.get(f"{base}/articles").json()
    assert {row["uuid"] for row in listed["articles"]} == {str(hoax.uuid), str(event_.uuid)}
    assert listed["next"] == ""
    one = visitor.get(f"{base}/articles/{hoax.uuid}").json()
    assert (one["hoax"]["verdict"], one["event"], one["pictures"]) == ("false", None, [])
    assert "<h2>Rute</h2>" in one["html"]
    assert visitor.get(f"{base}/articles/{over.uuid}").status_code == 200
    assert visitor.get(f"{base}/articles/{hidden.uuid}").status_code == 404
    agenda = visitor.get(f"{base}/agenda").json()
    assert [row["uuid"] for row in agenda] == [str(event_.uuid)]
    wrong = ("articles?kind=x", "articles?area=a", "agenda?since=x", "articles?after=x",
             "agenda?since=9999-12-31", "agenda?since=2026-01-01&until=2028-01-01")  # fmt: skip
    assert {visitor.get(f"{base}/{path}").status_code for path in wrong} == {422}
    assert visitor.get(f"{base}/agenda?since=2200-12-31").json() == []
    assert visitor.get(f"{base}/agenda?since=2026-02-02&until=2020-01-01").status_code == 422


def test_the_api_leads_through_all_pages(published, visitor, monkeypatch) -> None:
    from modules.news import api

    monkeypatch.setattr(api, "PER_PAGE", 2)
    names = {str(published().uuid) for _ in range(3)}
    page, seen = visitor.get("/api/v1/news/articles?kind=news").json(), []
    seen += [row["uuid"] for row in page["articles"]]
    page = visitor.get("/" + page["next"].split("/", 3)[3]).json()
    seen += [row["uuid"] for row in page["articles"]]
    assert (len(seen), set(seen), page["next"]) == (3, names, "")


def test_webhooks_tell_of_what_is_out(published, draft) -> None:
    article = published()
    told = webhooks.facts(event(topics.PUBLISHED, article))
    assert told["article"]["uuid"] == str(article.uuid)
    assert webhooks.facts(event(topics.PUBLISHED, draft())) is None
    moved = event(topics.PUBLISHED, article)
    moved.payload["at"] = topics.minute(article.publish_at + timedelta(hours=1))
    assert webhooks.facts(moved) is None
    moved.payload["at"] = topics.minute(article.publish_at)
    assert webhooks.facts(moved) is not None
    Article.objects.update(sample=True)
    assert webhooks.facts(event(topics.PUBLISHED, article)) is None
