"""Tell other programs' addresses of events: choose them, pause them, send again."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.api.models import WebhookDelivery, WebhookEndpoint
from balai.outbox import publish
from balai.outbox.services import publish as publish_later

if TYPE_CHECKING:
    from balai.accounts.models import User

Status = WebhookDelivery.Status
DUE: Final = "api.webhook_due"
TEST: Final = "api.webhook_test"
AT_ONCE: Final = 500


@transaction.atomic
def create(*, name: str, url: str, topics: Sequence[str], by: "User | None") -> WebhookEndpoint:
    """Add an address; whether it may be called was checked by the form."""
    endpoint = WebhookEndpoint.objects.create(
        name=name, url=url, topics=sorted(topics), created_by=by
    )
    told = {"name": name, "topics": endpoint.topics}
    audit.record(action="api.webhook_created", target=str(endpoint.uuid), after=told)
    return endpoint


@transaction.atomic
def change(*, endpoint: WebhookEndpoint, name: str, url: str, topics: Sequence[str]) -> None:
    """Change what an address is called, where it lies and what it hears of."""
    current = locked(endpoint)
    before = {"name": current.name, "topics": current.topics, "url": current.url}
    current.name, current.url, current.topics = name, url, sorted(topics)
    current.save(update_fields=["name", "url", "topics"])
    after = {"name": name, "topics": current.topics, "url": url}
    audit.record(action="api.webhook_changed", target=str(current.uuid), before=before, after=after)


@transaction.atomic
def rotate(*, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Give an address a new signing secret; the old one signs nothing from now on."""
    current = locked(endpoint)
    current.generation += 1
    current.save(update_fields=["generation"])
    told = {"generation": current.generation}
    audit.record(action="api.webhook_rotated", target=str(current.uuid), after=told)
    return current


@transaction.atomic
def pause(*, endpoint: WebhookEndpoint) -> None:
    """Stop calling an address; events of the meantime are not kept for it."""
    current = locked(endpoint)
    if current.active:
        current.active = False
        current.save(update_fields=["active"])
        audit.record(action="api.webhook_paused", target=str(current.uuid))


@transaction.atomic
def resume(*, endpoint: WebhookEndpoint) -> int:
    """Call an address again; return how many waiting deliveries go out now."""
    current = locked(endpoint)
    if current.active:
        return 0
    current.active, current.failures = True, 0
    current.save(update_fields=["active", "failures"])
    waiting = current.deliveries.filter(status=Status.WAITING).order_by("id")[:AT_ONCE]
    keys = list(waiting.values_list("pk", flat=True))
    WebhookDelivery.objects.filter(pk__in=keys).update(next_at=timezone.now())
    for key in keys:
        publish(DUE, delivery=key)
    audit.record(action="api.webhook_resumed", target=str(current.uuid))
    return len(keys)


@transaction.atomic
def delete(*, endpoint: WebhookEndpoint) -> None:
    """Forget an address with its deliveries."""
    told = {"name": endpoint.name}
    audit.record(action="api.webhook_deleted", target=str(endpoint.uuid), before=told)
    endpoint.delete()


@transaction.atomic
def test(*, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Send a test event to one address, paused or not."""
    event = publish(TEST, key=str(endpoint.uuid))
    delivery = WebhookDelivery.objects.create(
        endpoint=endpoint,
        event_id=event.pk,
        topic=TEST,
        body=body(TEST, event.created_at, {"message": "ok"}),
        next_at=timezone.now(),
    )
    publish(DUE, delivery=delivery.pk)
    return delivery


@transaction.atomic
def redeliver(*, delivery: WebhookDelivery) -> None:
    """Send an event once more, from the first attempt on."""
    current = WebhookDelivery.objects.select_for_update().get(pk=delivery.pk)
    current.status, current.attempts, current.error = Status.WAITING, 0, ""
    current.next_at = timezone.now()
    current.save(update_fields=["status", "attempts", "error", "next_at"])
    publish(DUE, delivery=current.pk)
    audit.record(action="api.webhook_redelivered", target=str(current.uuid))


def again(delivery: WebhookDelivery, at: datetime) -> None:
    """Have the outbox try once more, not before a time."""
    publish_later(DUE, payload={"delivery": delivery.pk}, not_before=at)


def body(topic: str, at: datetime, data: dict[str, object]) -> dict[str, object]:
    """Return what is sent; ``data`` is the module's, public facts only."""
    return {"event": topic, "at": at.isoformat(), "data": data}


def locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Return the row as it is now, kept for this transaction."""
    return WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
