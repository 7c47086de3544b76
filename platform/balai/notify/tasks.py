"""The jobs of notifications."""

from datetime import timedelta
from typing import Final

from django.utils import timezone

from balai.notify.models import Message, Status
from balai.tasks import periodic_region_task

KEPT: Final = timedelta(days=90)


@periodic_region_task(timedelta(days=1))
def prune() -> None:
    """Forget messages three months after they were dealt with: addresses are personal data."""
    old = Message.objects.filter(created_at__lt=timezone.now() - KEPT)
    old.exclude(status=Status.QUEUED).delete()
