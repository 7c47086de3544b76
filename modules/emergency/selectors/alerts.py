"""Reading alerts: what is in force, what was, what waits for a second person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from balai.audit.models import Entry
from modules.emergency.models import Alert, FeedItem

FEED_DAYS: Final = 30
PUBLIC_PAST: Final = 30
LOUD: Final = ("Extreme", "Severe")
LONGEST_CHAIN: Final = 50


def in_force(now: datetime) -> QuerySet[Alert]:
    """Return our own alerts that hold at ``now``, the newest first."""
    return sent().filter(state=Alert.State.PUBLISHED, expires_at__gt=now).exclude(msg_type="Cancel")


def past(now: datetime) -> QuerySet[Alert]:
    """Return what was sent and holds no longer: ended, replaced, or a cancellation."""
    over = Q(expires_at__lte=now) | Q(state=Alert.State.ENDED) | Q(msg_type="Cancel")
    return sent().filter(over)


def sent() -> QuerySet[Alert]:
    """Return every message that went out, the newest first; without its XML."""
    states = (Alert.State.PUBLISHED, Alert.State.ENDED)
    return Alert.objects.filter(state__in=states).order_by("-sent_at", "-pk").defer("document")


def for_feed(now: datetime) -> QuerySet[Alert]:
    """Return the messages of the last thirty days."""
    return sent().filter(sent_at__gt=now - timedelta(days=FEED_DAYS))


def for_desk() -> QuerySet[Alert]:
    """Return all alerts for the desk's list with their people."""
    return Alert.objects.select_related("author", "approver").defer("document").order_by("-pk")


def others_in_force(now: datetime) -> QuerySet[FeedItem]:
    """Return alerts of others that meet the region and hold at ``now``."""
    return (
        FeedItem.objects.filter(feed__active=True, cancelled=False, expires_at__gt=now)
        .select_related("feed")
        .order_by("-sent_at", "-pk")
    )


def chain(alert: Alert) -> list[Alert]:
    """Return the messages this one follows, the latest first (a query each, few in practice)."""
    found: list[Alert] = []
    before = alert.references
    while before is not None and len(found) < LONGEST_CHAIN:
        found.append(before)
        before = before.references
    return found


def round_of(alert: Alert) -> int:
    """Return how often an alert was submitted."""
    found = Entry.objects.filter(target=alert.identifier, action="emergency.alert_submitted")
    return found.count()


def history(alert: Alert) -> Sequence[Entry]:
    """Return who did what with it, the earliest first."""
    return list(
        Entry.objects.filter(target=alert.identifier, action__startswith="emergency.alert_")
        .order_by("seq")
    )  # fmt: skip
