"""How the CAP feeds of others are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status
from modules.emergency.models import Feed
from modules.emergency.selectors import places

OFF = Status("grey", "circle-off", pgettext_lazy("feed", "Not in use"))
NEW = Status("blue", "clock", pgettext_lazy("feed", "Not asked yet"))
WELL = Status("green", "circle-check", pgettext_lazy("feed", "Answers"))
ILL = Status("red", "circle-alert", pgettext_lazy("feed", "Trouble"))


@dataclass(frozen=True, slots=True)
class Health:
    """A feed, its state, and how many of its alerts hold now."""

    feed: Feed
    status: Status
    holding: int


def health(now: datetime) -> list[Health]:
    """Return every feed by name (1 query)."""
    holds = Q(items__cancelled=False, items__expires_at__gt=now)
    rows = Feed.objects.annotate(holding=Count("items", filter=holds)).order_by("name", "pk")
    return [Health(row, _status(row), row.holding) for row in rows]


def can_match() -> bool:
    """Tell whether anybody can say which alerts meet the region."""
    known = places.districts()
    return any(known.shapes) or any(known.middles)


def _status(feed: Feed) -> Status:
    if not feed.active:
        return OFF
    if feed.failures:
        return ILL
    return WELL if feed.checked_at else NEW
