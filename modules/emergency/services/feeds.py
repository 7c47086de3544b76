"""CAP feeds of others: asked in turn, less often while they fail; added and tried by admins."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import DataError, transaction
from django.utils.translation import gettext_noop

from balai import audit
from balai.modules import banners
from balai.outbound import Refused
from modules.emergency.cap import Unreadable, from_xml
from modules.emergency.cap.index import EPOCH, Entry, entries
from modules.emergency.models import Feed, FeedItem
from modules.emergency.services import feed_fetching, feed_storing
from modules.emergency.services.feed_fetching import Failed, Missing, TooOften

log = structlog.get_logger(__name__)

EVERY: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=6)
KEEP: Final = timedelta(days=30)
MOST_NEW: Final = 20
MOST_TROUBLES: Final = 3
SOON: Final = timedelta(hours=1)
PATIENCE: Final = timedelta(days=1)
"""How old an entry is whose document is missing, or cannot be had, when it is given up."""
ROUND_SECONDS: Final = 30.0
SILENT = gettext_noop("No answer, or too slow.")
STRANGE = gettext_noop("It is no CAP feed.")
PRIVATE = gettext_noop("This address is not called: it is not public, or its answer is too long.")
BMKG: Final = {
    "name": "BMKG",
    "url": "https://www.bmkg.go.id/alerts/nowcast/id/rss.xml",
    "credit": "BMKG",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """How a try went: ``trouble`` is "" when the feed can be read."""

    trouble: str = ""
    found: int = 0
    read: int = 0
    meeting: int = 0


def poll_due(*, now: datetime) -> int:
    """Ask the feeds whose turn it is, for half a minute at most; return how many were asked."""
    deadline, asked = time.monotonic() + ROUND_SECONDS, 0
    for feed in Feed.objects.filter(active=True, next_at__lte=now).order_by("next_at"):
        if time.monotonic() > deadline:
            break
        asked += poll(feed=feed, now=now, deadline=deadline)
    return asked


def poll(*, feed: Feed, now: datetime, deadline: float | None = None) -> bool:
    """Ask one feed and store what is new; False when another process does it already.

    Args:
        deadline: a monotonic time after which the rest waits for the next round.
    """
    mine = Feed.objects.filter(pk=feed.pk, next_at=feed.next_at).update(next_at=now + EVERY)
    if not mine:
        return False
    try:
        _read(feed, now, deadline or time.monotonic() + ROUND_SECONDS)
    except (OSError, Unreadable) as error:
        _failed(feed, now, error)
    return True


def add(*, name: str, url: str, credit: str, now: datetime) -> Feed:
    """Add a feed; it is asked at the next round."""
    with transaction.atomic():
        feed = Feed.objects.create(name=name, url=url, credit=credit, next_at=now)
        audit.record(action="emergency.feed_added", target=name, after={"url": url})
    return feed


def switch(*, feed: Feed, active: bool, now: datetime) -> None:
    """Use a feed or leave it; what it told is shown only while it is in use.

    All of its index is read anew then: the region may have got its boundaries since.
    """
    with transaction.atomic():
        feed.active, feed.next_at, feed.failures, feed.error = active, now, 0, ""
        feed.seen, feed.etag = [], ""
        feed.save(update_fields=["active", "next_at", "failures", "error", "seen", "etag"])
        banners.changed()
        audit.record(action="emergency.feed_switched", target=feed.name, after={"active": active})


def remove(*, feed: Feed) -> None:
    """Delete a feed and what it told."""
    with transaction.atomic():
        name = feed.name
        feed.delete()
        banners.changed()
        audit.record(action="emergency.feed_removed", target=name)


def try_out(url: str) -> Trial:
    """Read a feed as a round would, and store nothing."""
    try:
        index = feed_fetching.index(url, etag="")
        found = entries(index.body, index.url or url)
        latest = [from_xml(feed_fetching.document(entry.url)) for entry in found[-3:]]
    except (OSError, Unreadable) as error:
        return Trial(trouble=_words(error))
    meeting = sum(bool(feed_storing.meets(message)) for message in latest)
    return Trial(found=len(found), read=len(latest), meeting=meeting)


def forget(*, now: datetime) -> int:
    """Delete what others told a month ago."""
    return int(FeedItem.objects.filter(expires_at__lt=now - KEEP).delete()[0])


def _read(feed: Feed, now: datetime, deadline: float) -> None:
    index = feed_fetching.index(feed.url, etag=feed.etag)
    if index.unchanged:
        _well(feed, now)
        return
    found = entries(index.body, index.url or feed.url)
    known = set(feed.seen)
    fresh = [entry for entry in found if entry.url not in known]
    read: set[str] = set()
    troubles: list[OSError] = []
    try:
        for entry in fresh[:MOST_NEW]:
            if time.monotonic() > deadline or len(troubles) == MOST_TROUBLES:
                break
            try:
                done = _take(feed, entry, now)
            except TooOften:
                raise
            except OSError as error:  # one slow document does not silence the others
                troubles.append(error)
                done = EPOCH < entry.at < now - PATIENCE
            if done:
                read.add(entry.url)
    finally:
        feed.seen = [entry.url for entry in found if entry.url in known | read]
        # While some wait, the index must be read again though it has not changed.
        feed.etag = index.etag if len(read) == len(fresh) else ""
        feed.save(update_fields=["seen", "etag"])
    if troubles and not read:
        raise troubles[0]
    _well(feed, now)


def _take(feed: Feed, entry: Entry, now: datetime) -> bool:
    """Store one document; tell whether it need not be asked for again.

    Raises:
        OSError: when it could not be had now.
    """
    try:
        message = from_xml(feed_fetching.document(entry.url))
        feed_storing.store(feed=feed, message=message, now=now)
    except (Missing, Refused):  # an index may be a moment ahead of its documents
        log.info("feed_document_missing", feed=feed.pk)
        return entry.at < now - SOON
    except (ValueError, DataError):  # one bad document does not silence the others
        log.info("feed_document_unreadable", feed=feed.pk)
    return True


def _well(feed: Feed, now: datetime) -> None:
    feed.checked_at, feed.failures, feed.error = now, 0, ""
    feed.save(update_fields=["checked_at", "failures", "error"])


def _failed(feed: Feed, now: datetime, error: Exception) -> None:
    """Note what went wrong, and ask again after 5, 10, 20 ... minutes, six hours at most."""
    feed.checked_at = now
    if not isinstance(error, TooOften):
        feed.failures = min(feed.failures + 1, 100)
        feed.error = _words(error)
        pause = min(EVERY * 2 ** min(feed.failures, 10), LONGEST_PAUSE)
        feed.next_at = now + pause
    else:
        feed.next_at = now + EVERY
    feed.save(update_fields=["checked_at", "failures", "error", "next_at"])


def _words(error: Exception) -> str:
    if isinstance(error, Failed):
        return str(error)
    if isinstance(error, Unreadable):
        return STRANGE
    return PRIVATE if isinstance(error, Refused) else SILENT
