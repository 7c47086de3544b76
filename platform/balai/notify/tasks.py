"""The jobs of notifications."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from balai.notify import subscriptions
from balai.notify.models import Message, Status
from balai.tasks import periodic_platform_task, periodic_region_task

KEPT: Final = timedelta(days=90)


@periodic_region_task(timedelta(days=1))
def prune() -> None:
    """Forget messages three months after they were dealt with: addresses are personal data."""
    forget_old()
    subscriptions.forget_unconfirmed(timezone.now())


@periodic_platform_task(timedelta(days=1))
def prune_platform() -> None:
    """Do the same for the platform's own."""
    forget_old()


def forget_old() -> None:
    """Delete what was dealt with and is old where the caller is."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(status=Status.QUEUED).delete()
