"""Quiet hours: nobody is woken by a telephone for a pothole."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from balai import context

CHANNELS: Final = frozenset({"sms", "whatsapp", "push"})
QUIET_FROM: Final = time(21)
QUIET_UNTIL: Final = time(6)


def next_allowed(channel: str, template: str, now: datetime | None = None) -> datetime | None:
    """Return when a message may go out, or None for "at once".

    E-mail is quiet by itself and never waits. ``emergency/`` and ``accounts/`` messages never
    wait either. Hours are those of the region's clock.
    """
    region = context.region_or_none()
    if (
        channel not in CHANNELS
        or region is None
        or template.startswith(("emergency/", "accounts/"))
    ):
        return None
    here = (now or timezone.now()).astimezone(region.zone)
    if QUIET_UNTIL <= here.time() < QUIET_FROM:
        return None
    day = here.date() if here.time() < QUIET_UNTIL else here.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, region.zone)
