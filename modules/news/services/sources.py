"""Choose which other sites are read, and hide what one of them should not show here."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox.services import publish
from modules.news import topics
from modules.news.models import Feed, FeedItem
from modules.news.workflow import NotAllowed

MOST: Final = 50


@transaction.atomic
def add(*, name: str, url: str, now: datetime | None = None) -> Feed:
    """Begin to read a feed. Raises NotAllowed for one that is read already, and for too many."""
    _require_new(url)
    if Feed.objects.count() >= MOST:
        raise NotAllowed(_("So many feeds are read already. Take one away first."))
    feed = Feed.objects.create(name=name, url=url, next_at=now or timezone.now())
    _want(feed)
    audit.record(action="news.source_added", target=str(feed.uuid), after=_traced(feed))
    return feed


@transaction.atomic
def change(*, feed: Feed, name: str, url: str, now: datetime | None = None) -> Feed:
    """Give a feed another name or address; a new address begins anew, without the old items.

    Raises NotAllowed for an address that is read already.
    """
    current = _locked(feed)
    before = _traced(current)
    if url != current.url:
        _require_new(url)
        current.items.all().delete()
        current.url, current.etag, current.modified = url, "", ""
        current.failures, current.error, current.log = 0, "", []
        current.read_at = current.newest_at = current.checked_at = None
        current.next_at = now or timezone.now()
        _want(current)
    current.name = name
    current.save()
    after = _traced(current)
    audit.record(action="news.source_changed", target=str(feed.uuid), before=before, after=after)
    return current


@transaction.atomic
def switch(*, feed: Feed, on: bool, now: datetime | None = None) -> Feed:
    """Read a feed again, or no longer: its items are shown only while it is read."""
    current = _locked(feed)
    current.active = on
    if on:
        current.failures, current.next_at = 0, now or timezone.now()
        _want(current)
    current.save(update_fields=["active", "failures", "next_at"])
    audit.record(action="news.source_switched", target=str(feed.uuid), after={"active": on})
    return current


@transaction.atomic
def remove(*, feed: Feed) -> None:
    """Forget a feed and all that was read of it."""
    before = _traced(feed)
    feed.delete()
    audit.record(action="news.source_removed", target=str(feed.uuid), before=before)


@transaction.atomic
def hasten(*, feed: Feed, now: datetime | None = None) -> None:
    """Have a feed read at once, whatever pause it is in."""
    if Feed.objects.filter(pk=feed.pk, active=True).update(next_at=now or timezone.now()):
        _want(feed)


@transaction.atomic
def hide(*, item: FeedItem, hidden: bool) -> FeedItem:
    """Show an item of a feed no longer, or again; readings leave that as it is."""
    item.hidden = hidden
    item.save(update_fields=["hidden"])
    audit.record(
        action="news.source_item", target=str(item.feed.uuid),
        after={"key": item.key[:12], "hidden": hidden},
    )  # fmt: skip
    return item


def _locked(feed: Feed) -> Feed:
    return Feed.objects.select_for_update().get(pk=feed.pk)


def _require_new(url: str) -> None:
    if Feed.objects.filter(url=url).exists():
        raise NotAllowed(_("This feed is read already."))


def _traced(feed: Feed) -> dict[str, object]:
    return {"name": feed.name, "url": feed.url, "active": feed.active}


def _want(feed: Feed) -> None:
    publish(topics.SOURCE_WANTED, key=str(feed.uuid), payload={"feed": feed.pk})
