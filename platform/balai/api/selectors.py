"""Reading webhooks and what they were sent."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from balai.api.models import WebhookDelivery, WebhookEndpoint

Status = WebhookDelivery.Status


def endpoints() -> QuerySet[WebhookEndpoint]:
    """Return the addresses, the newest first, each with how many deliveries wait or failed."""
    waiting = Count("deliveries", filter=Q(deliveries__status=Status.WAITING))
    failed = Count("deliveries", filter=Q(deliveries__status=Status.FAILED))
    return WebhookEndpoint.objects.annotate(waiting=waiting, failed=failed).order_by("-id")


def deliveries(
    endpoint: WebhookEndpoint, *, q: str = "", status: str = ""
) -> QuerySet[WebhookDelivery]:
    """Return what an address was sent, the newest first.

    Args:
        q: part of an event's name, or the reference of a delivery.
        status: one of ``WebhookDelivery.Status``; "" for all.
    """
    rows = WebhookDelivery.objects.filter(endpoint=endpoint).order_by("-id")
    if status:
        rows = rows.filter(status=status)
    words = q.replace("\0", "").strip()
    if words:
        reference = _reference(words)
        rows = rows.filter(uuid=reference) if reference else rows.filter(topic__icontains=words)
    return rows


def _reference(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
