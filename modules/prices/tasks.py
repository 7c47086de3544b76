"""What the clock does: publish at the hour, forget what nobody waits for any more."""

from datetime import timedelta

from celery.schedules import crontab
from django.utils import timezone

from balai.modules import periodic_module_task
from modules.prices.services import publishing, watching


@periodic_module_task(crontab(minute="*/5"))
def publish_due() -> None:
    """Publish today's verified prices once it is time: at 13.00, not a few minutes later."""
    publishing.publish_due(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def forget_watches() -> None:
    """Delete watches that nobody has followed for nine days: an address has a week to confirm."""
    watching.forget(before=timezone.localdate() - timedelta(days=9))
