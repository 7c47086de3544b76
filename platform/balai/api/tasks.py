"""Chores of webhooks."""

from datetime import timedelta

from django.utils import timezone

from balai.api.models import WebhookDelivery
from balai.tasks import periodic_region_task

KEPT = timedelta(days=30)
AT_ONCE = 5000


@periodic_region_task(timedelta(hours=6))
def forget_deliveries() -> int:
    """Delete deliveries that are over and old, some thousands at once; return how many."""
    over = WebhookDelivery.objects.exclude(status=WebhookDelivery.Status.WAITING)
    old = over.filter(created_at__lt=timezone.now() - KEPT).order_by("pk").values("pk")[:AT_ONCE]
    return WebhookDelivery.objects.filter(pk__in=old).delete()[0]
