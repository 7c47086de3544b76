"""What the clock does for alerts: other services' feeds are read."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.emergency.services import feeds


@periodic_module_task(timedelta(minutes=5))
def read_feeds() -> None:
    """Ask the CAP feeds whose turn it is."""
    feeds.poll_due(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def forget_feed_items() -> None:
    """Delete what others told long ago."""
    feeds.forget(now=timezone.now())
