"""The jobs of the outbox."""

from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models.functions import Now

from balai.outbox import delivery
from balai.outbox.models import Event, IdempotencyKey
from balai.tasks import periodic_platform_task, periodic_region_task, region_task

PRUNE_AT_ONCE = 5000


# A database that is away for a moment costs a second, not the sweeper's ten: the hint comes back.
@region_task(
    name="balai.outbox.tasks.deliver",
    autoretry_for=(OperationalError, InterfaceError), retry_backoff=1, retry_backoff_max=8,
    max_retries=6,
)  # fmt: skip
def deliver(event_id: int) -> None:
    """Tell one event to its receivers."""
    delivery.deliver(event_id)


@periodic_region_task(timedelta(hours=6))
def prune() -> None:
    """Forget events and answered requests that are done and old; dead letters stay."""
    forget_old()


@periodic_platform_task(timedelta(hours=6))
def prune_platform() -> None:
    """Do the same for the platform's own."""
    forget_old()


def forget_old() -> None:
    """Delete what is done and old where the caller is, some thousands at once."""
    limit = Now() - timedelta(days=settings.OUTBOX_KEEP_DAYS)
    old = Event.objects.filter(done_at__lt=limit).order_by("pk").values("pk")[:PRUNE_AT_ONCE]
    Event.objects.filter(pk__in=old).delete()
    IdempotencyKey.objects.filter(created_at__lt=limit).delete()
