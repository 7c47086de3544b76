"""Whatever is typed into any field stays text in every place where it comes out."""

import json
from datetime import timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from modules.news import services
from modules.news.models import Feed
from modules.news.states import Kind
from modules.news.tests.conftest import picture, words

pytestmark = pytest.mark.django_db
PAYLOADS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</script></title></textarea><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% load x %}",
    "]]><b>x</b>",
)
ALL = " ".join(PAYLOADS)
ACTIVE = {"src": {"x"}, "onerror": None, "onload": None}
SINKS = (
    "/", "/news/", "/news/stories/", "/news/announcements/", "/news/agenda/", "/news/hoaxes/",
    "/news/papers/", "/news/?q=alert", "/news/elsewhere/", "/search/?q=alert",
    "/data/news-articles/",
)  # fmt: skip
DESK = ("", "correct/", "pictures/", "push/", "versions/1/")


class Tags(HTMLParser):
    """Collects what a browser would run: elements and attributes of the payloads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ACTIVE and (ACTIVE[name] is None or value in ACTIVE[name]):
                self.found.append(f"{tag} {name}={value}")
        self.script = tag

    def handle_data(self, data: str) -> None:
        if self.script == "script" and data.strip() == "alert(1)":
            self.found.append("script")


def active(html: str) -> list[str]:
    """Return what of the payloads became more than text."""
    tags = Tags()
    tags.feed(html)
    return tags.found


def test_the_detector_sees_what_is_not_escaped() -> None:
    assert len(active(f"<p>{PAYLOADS[0]}{PAYLOADS[1]}{PAYLOADS[2]}</p>")) == 4


def test_no_field_reaches_a_page_or_feed_as_anything_but_text(
    published, writer, reviewer, visitor, at
) -> None:
    typed = {"title": ALL[:160], "summary": ALL, "text": "\n\n".join(PAYLOADS)}
    more = {Kind.EVENT: {"place": ALL[:160]}, Kind.HOAX: {"claim": ALL}}
    rows = [published(kind, **typed, **more.get(kind, {})) for kind in Kind]
    hoax = next(row for row in rows if row.kind == Kind.HOAX)
    services.add_picture(
        article=hoax, upload=picture(64, 48), alt=ALL, caption=ALL, credit=ALL[:120], by=reviewer
    )
    services.ask_push(article=hoax, text=ALL[:120], by=writer)
    services.correct(
        article=hoax, content=words(Kind.HOAX, **{**typed, **more[Kind.HOAX], "summary": "s"}),
        note=ALL, version=1, by=reviewer,
    )  # fmt: skip
    feed = Feed.objects.create(name=ALL[:80], url="https://x.example.go.id/feed")
    feed.items.create(
        key="a" * 64, title=ALL, summary=ALL, url="https://x.example.go.id/1",
        published_at=timezone.now(),
    )  # fmt: skip
    for page in (*SINKS, *(row.get_absolute_url() for row in rows)):
        answer = visitor.get(page)
        assert (page, answer.status_code, active(answer.content.decode())) == (page, 200, [])
    client = at(reviewer)
    desk = [f"/desk/news/{hoax.uuid}/{page}" for page in DESK]
    desk += ["/desk/news/?tab=all", "/desk/news/sources/", f"/desk/news/sources/{feed.uuid}/"]
    for page in (*desk, "/console/news/", f"/console/news/sources/{feed.uuid}/"):
        answer = client.get(page)
        assert (page, answer.status_code, active(answer.content.decode())) == (page, 200, [])


def test_feeds_and_calendars_carry_it_as_text(published, visitor) -> None:
    soon = timezone.now() + timedelta(days=1)
    row = published(Kind.EVENT, title=ALL[:160], summary=ALL, place="a\r\nEND:VCALENDAR",
                    text=ALL, starts_at=soon)  # fmt: skip
    for page in ("/news/feed.rss", "/news/feed.atom"):
        body = visitor.get(page).content
        ElementTree.fromstring(body)
        # Summaries are HTML to who reads feeds: looked at as it came, not as feedparser cleans it.
        (entry,) = feedparser.parse(body, sanitize_html=False).entries
        assert active(entry.summary) == []
        assert "&lt;script&gt;alert(1)" in entry.summary
    (item,) = json.loads(visitor.get("/news/feed.json").content)["items"]
    assert active(item["content_html"]) == []
    calendar = visitor.get(f"/news/{row.uuid}/event.ics").content.decode()
    assert calendar.count("\r\nEND:VCALENDAR") == 1
