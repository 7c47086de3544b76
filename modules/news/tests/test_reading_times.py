"""When a feed is read again, and how old its newest title is, whatever its site says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from modules.news.models import Feed
from modules.news.selectors import feeds
from modules.news.services import reading
from modules.news.tests.test_reading import parsed, rss

pytestmark = pytest.mark.django_db


def test_a_busy_site_may_name_seconds_or_a_day() -> None:
    now = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
    told = {
        "7200": 120, "Thu, 26 Nov 2026 02:30:00 GMT": 90, "Wed, 25 Nov 2026 02:30:00 GMT": 0,
        "Sat, 26 Dec 2026 02:30:00 GMT": 360, "99999999999": 0, "soon": 0, "": 0,
        "Thu, 26 Nov 2026 02:30:00 -0000": 0,
    }  # fmt: skip
    for asked, minutes in told.items():
        waits = reading._asked_to_wait({"retry-after": asked}, now)
        assert (asked, waits) == (asked, timedelta(minutes=minutes))


def test_a_site_without_dates_gets_quiet_like_others(in_region) -> None:
    feed = Feed.objects.create(name="Dinas", url="https://dinkes.example.go.id/feed", active=True)
    first = parsed(rss("<title>Tanpa tanggal</title><link>https://dinkes.example.go.id/1</link>"))
    later = feeds.QUIET + timedelta(days=1)
    begin = first[0].published_at
    for now in (begin, begin + later):
        entries = tuple(replace(entry, published_at=now) for entry in first)
        reading._keep(feed, reading.Reading(200, "", entries), now)
    feed.refresh_from_db()
    assert feed.newest_at == begin
    assert feeds.health(feed, begin + later).colour == "amber"
