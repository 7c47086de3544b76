"""Read what the region's other sites told, and how the reading of them goes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balai.ui.status import Status
from modules.news.models import Feed, FeedItem

IN_TROUBLE: Final = 3
"""Failures in a row after which somebody should look."""
QUIET: Final = timedelta(days=30)
PER_SOURCE: Final = 2
ERRORS: Final = {
    "empty": gettext_lazy("The site sent an empty page."),
    "no_feed": gettext_lazy("What the site sent is no RSS or Atom feed."),
    "heavy": gettext_lazy("The feed takes too long to read."),
    "refused": gettext_lazy("The address leads into a private network, or is no web address."),
    "answer": gettext_lazy("The site answered with something too long or garbled."),
    "slow": gettext_lazy("The site did not answer within ten seconds."),
    "certificate": gettext_lazy("The site's certificate is not valid."),
    "unreachable": gettext_lazy("The site cannot be reached."),
    "broken": gettext_lazy("The feed could not be read."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One reading in a feed's log; ``ms`` is how long it took."""

    at: datetime | None
    status: int
    ms: int
    new: int
    error: str


def latest(limit: int) -> list[FeedItem]:
    """Return the newest items of all sites, of one site a few only; one query."""
    chosen: list[FeedItem] = []
    seen: Counter[int] = Counter()
    for item in shown()[: limit * 8]:
        seen[item.feed_id] += 1
        if seen[item.feed_id] <= PER_SOURCE:
            chosen.append(item)
        if len(chosen) == limit:
            break
    return chosen


def shown(source: UUID | None = None) -> QuerySet[FeedItem]:
    """Return what readers see, the newest first, with its feed; of one source if given."""
    rows = FeedItem.objects.filter(hidden=False, feed__active=True).select_related("feed")
    rows = rows.filter(feed__uuid=source) if source else rows
    return rows.order_by("-published_at", "-id")


def sources() -> list[Feed]:
    """Return the feeds that are read and have something to show, by name."""
    rows = Feed.objects.filter(active=True, items__hidden=False).distinct()
    return list(rows.defer("log").order_by("name"))


def every() -> list[Feed]:
    """Return all feeds by name with ``total``, how many items are kept; one query."""
    rows = Feed.objects.annotate(total=Count("items")).defer("log")
    return list(rows.order_by("name", "id"))


def one(reference: UUID) -> Feed | None:
    """Return a feed, or None."""
    return Feed.objects.filter(uuid=reference).first()


def name_of(pk: int) -> UUID | None:
    """Return a feed's public name, or None when it was removed."""
    return Feed.objects.filter(pk=pk).values_list("uuid", flat=True).first()


def item(reference: UUID, key: str) -> FeedItem | None:
    """Return an item of a feed, or None."""
    rows = FeedItem.objects.filter(feed__uuid=reference, key=key)
    return rows.select_related("feed").first()


def in_trouble() -> int:
    """Return how many feeds have failed several times in a row; one query."""
    return Feed.objects.filter(active=True, failures__gte=IN_TROUBLE).count()


def history(feed: Feed) -> list[Line]:
    """Return a feed's readings, the last one first."""
    return [_line(row) for row in reversed(feed.log)]


def sentence(code: str) -> str:
    """Return what an error's code means, for people; "" for none."""
    if code.startswith("http_"):
        number = code.removeprefix("http_")
        known = {
            "404": _("The site says that there is nothing at this address (404)."),
            "410": _("The site says that the feed is gone for good (410)."),
            "429": _("The site asks to be read less often (429)."),
        }
        return known.get(number) or _("The site answered with error %(n)s.") % {"n": number}
    return str(ERRORS.get(code, ""))


def health(feed: Feed, now: datetime | None = None) -> Status:
    """Return colour, icon and word of how a feed is."""
    words: tuple[str, str, str | Promise]
    if not feed.active:
        words = ("grey", "circle-pause", pgettext_lazy("feed", "Switched off"))
    elif feed.failures >= IN_TROUBLE:
        words = ("red", "triangle-alert", pgettext_lazy("feed", "Cannot be read"))
    elif feed.failures:
        words = ("amber", "rotate-cw", pgettext_lazy("feed", "Failed, tried again"))
    elif feed.read_at is None:
        words = ("blue", "clock", pgettext_lazy("feed", "Not read yet"))
    elif feed.newest_at is None or feed.newest_at < (now or timezone.now()) - QUIET:
        words = ("amber", "moon", pgettext_lazy("feed", "Nothing new for long"))
    else:
        words = ("green", "check", pgettext_lazy("feed", "Read"))
    return Status(*words)


def _line(row: dict[str, Any]) -> Line:
    return Line(
        parse_datetime(row["at"]), row["status"], row["ms"], row["new"], sentence(row["error"])
    )
