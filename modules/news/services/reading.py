"""Read the feeds of the region's other sites: gently, never into our own network, never twice.

A feed that fails is left alone for longer each time. Whatever a site answers ends as a code in
the feed's log: no site's mistake may stop the reading of the others.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from balai import live, outbound
from modules.news import syndication, topics
from modules.news.models import Feed, FeedItem
from modules.news.syndication import MOST_KEPT, Entry, NotAFeed

log = structlog.get_logger(__name__)
EVERY: Final = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=6)
LEASE: Final = timedelta(minutes=2)
"""How long a feed belongs to who reads it: more than a fetch and its parsing may take."""
MOST_AT_ONCE: Final = 20
LOG_LINES: Final = 30
HEADERS: Final = {
    "User-Agent": "Balai/1 (feed reader)",
    "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one try brought: ``error`` is a code, "" when all went well; ``ms`` is its time."""

    status: int = 0
    error: str = ""
    entries: tuple[Entry, ...] = ()
    etag: str = ""
    modified: str = ""
    wait: timedelta = timedelta()
    ms: int = 0


def read_due(now: datetime | None = None) -> int:
    """Read the feeds whose time has come; return how many were read."""
    now = now or timezone.now()
    due = Feed.objects.filter(active=True, next_at__lte=now).order_by("next_at")
    names = list(due.values_list("uuid", flat=True)[:MOST_AT_ONCE])
    return sum(read(name, now=now) is not None for name in names)


def read(reference: UUID, *, now: datetime | None = None) -> Reading | None:
    """Read one feed outside of any transaction and keep what it brought.

    Returns:
        What came of it; None when it is switched off, not due, or somebody else reads it.
    """
    begin = now or timezone.now()
    claimed = Feed.objects.filter(uuid=reference, active=True, next_at__lte=begin)
    if not claimed.update(next_at=begin + LEASE):
        return None
    feed = Feed.objects.get(uuid=reference)
    reading = _try(feed, begin)
    _keep(feed, reading, begin)
    live.announce(topics.FEED_READ)
    return reading


def _try(feed: Feed, now: datetime) -> Reading:
    began = time.monotonic()
    known = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    asked = {**HEADERS, **{name: value for name, value in known.items() if value}}
    try:
        answer = outbound.fetch(feed.url, headers=asked)
        found = _read(answer, now)
    except Exception as error:  # whatever a site does, the next one is read
        found = Reading(error=_code(error))
        if found.error == "broken":
            log.exception("news_feed_broken", feed=str(feed.uuid))
    ms = round((time.monotonic() - began) * 1000)
    return Reading(
        found.status, found.error, found.entries, found.etag, found.modified, found.wait, ms
    )


def _read(answer: outbound.Answer, now: datetime) -> Reading:
    headers = answer.headers
    if answer.status == 304:
        return Reading(304)
    if answer.status != 200:
        return Reading(answer.status, f"http_{answer.status}", wait=_asked_to_wait(headers, now))
    try:
        entries = syndication.parse(
            answer.body, content_type=headers.get("content-type", ""), url=answer.url, now=now
        )
    except NotAFeed as refusal:
        return Reading(200, str(refusal))
    return Reading(
        200,
        "",
        tuple(entries),
        headers.get("etag", "")[:200],
        headers.get("last-modified", "")[:60],
    )


def _code(error: Exception) -> str:
    """Return what went wrong as a short word; see ``selectors.feeds.sentence``."""
    if isinstance(error, outbound.Refused):
        return "refused" if "public" in str(error) or "plain http" in str(error) else "answer"
    if isinstance(error, TimeoutError):
        return "slow"
    if isinstance(error, ssl.SSLError):
        return "certificate"
    return "unreachable" if isinstance(error, OSError) else "broken"


def _asked_to_wait(headers: Mapping[str, str], now: datetime) -> timedelta:
    """Return how long a busy server wants to be left alone (RFC 9110, section 10.2.3)."""
    asked = headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit() and len(asked) < 8:
        return min(timedelta(seconds=int(asked)), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return timedelta()
    return min(max(until - now, timedelta()), LONGEST_PAUSE) if until.tzinfo else timedelta()


@transaction.atomic
def _keep(feed: Feed, reading: Reading, now: datetime) -> None:
    """Store what was read, unless the feed was changed or removed meanwhile."""
    row = Feed.objects.select_for_update().filter(pk=feed.pk, url=feed.url).first()
    if row is None:
        return
    new = _store(row, reading.entries)
    row.checked_at = now
    if reading.error:
        row.failures = min(row.failures + 1, 1000)
        row.error = reading.error
        row.next_at = now + max(pause(row.failures), reading.wait)
    else:
        row.failures, row.error, row.read_at, row.next_at = 0, "", now, now + EVERY
        if reading.status == 200:
            row.etag, row.modified = reading.etag, reading.modified
    if reading.entries:  # as stored: an entry without a date has that of its first reading
        row.newest_at = row.items.aggregate(newest=Max("published_at"))["newest"]
    line = {"at": now.isoformat(), "status": reading.status, "ms": reading.ms, "new": new}
    row.log = [*row.log, {**line, "error": reading.error}][-LOG_LINES:]
    row.save()


def pause(failures: int) -> timedelta:
    """Return how long a feed is left alone after so many failures in a row: 10 min to 6 h."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE)


def _store(feed: Feed, entries: tuple[Entry, ...]) -> int:
    """Keep the entries, forget the oldest; return how many were not known."""
    if not entries:
        return 0
    keys = [entry.key for entry in entries]
    known = set(feed.items.filter(key__in=keys).values_list("key", flat=True))
    rows = [
        FeedItem(
            feed=feed, key=entry.key, title=entry.title, summary=entry.summary, url=entry.url,
            published_at=entry.published_at,
        )
        for entry in entries
    ]  # fmt: skip
    # The date stays the one first read: undated entries would jump to the top at each reading.
    FeedItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["feed", "key"],
        update_fields=["title", "summary", "url"],
    )  # fmt: skip
    newest = feed.items.order_by("-published_at", "-id").values_list("pk", flat=True)[:MOST_KEPT]
    feed.items.exclude(pk__in=list(newest)).exclude(key__in=keys).delete()
    return len(set(keys) - known)
