"""Webhooks: events of modules, signed, to addresses that a region's admin entered.

A module names ``webhook_topics`` in its manifest and says in ``webhooks.py``, with
``facts(event) -> dict | None``, what outsiders are told; None is "nothing". The event becomes one
delivery for each address that wants it, in the transaction of the outbox's receiver; each delivery
is an event of its own, so that one slow address holds up no other. An address gets a delivery at
least once and may tell repetitions by ``Balai-Delivery``.
"""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from balai import audit, context, outbound
from balai.api import webhook_notice, webhook_services
from balai.api.models import WebhookDelivery, WebhookEndpoint
from balai.modules import EventData, registry

log = structlog.get_logger(__name__)

Status = WebhookDelivery.Status
SECONDS: Final = 10.0
WAITS: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 86400)
"""Seconds before the second, third ... twelfth attempt: about two days and a half in all."""

MOST_ATTEMPTS: Final = len(WAITS) + 1
MOST_FAILURES: Final = 30
"""After so many failed attempts in a row an address is paused and the admins are told."""


def fan_out(event: EventData) -> None:
    """Write a delivery for each address that wants the event."""
    module = registry.get(event.topic.partition(".")[0])
    if module is None or registry.is_off(module.slug):
        return
    wanted = WebhookEndpoint.objects.filter(active=True, topics__contains=[event.topic])
    endpoints = list(wanted.order_by("id"))
    if not endpoints:
        return
    part: Any = registry.part(module, "webhooks")
    data = part.facts(event)
    if data is None:
        return
    body, now = webhook_services.body(event.topic, event.created_at, data), timezone.now()
    for endpoint in endpoints:
        delivery, new = WebhookDelivery.objects.get_or_create(
            endpoint=endpoint,
            event_id=event.id,
            defaults={"topic": event.topic, "body": body, "next_at": now},
        )
        if new:
            webhook_services.again(delivery, now)


def send(event: EventData) -> None:
    """Try one delivery; a failure is written down and tried again later."""
    rows = WebhookDelivery.objects.select_for_update(of=("self",)).select_related("endpoint")
    delivery = rows.filter(pk=int(event.payload["delivery"] or 0)).first()
    if delivery is None or delivery.status != Status.WAITING:
        return
    if not delivery.endpoint.active and delivery.topic != webhook_services.TEST:
        return  # it waits until somebody resumes the address
    attempt(delivery, timezone.now())


def attempt(delivery: WebhookDelivery, now: datetime) -> None:
    """Call the address once and save what came of it."""
    delivery.attempts += 1
    delivery.answer, delivery.error = None, ""
    try:
        delivery.answer = _post(delivery, now)
    except OSError as error:
        delivery.error = _reason(error)
    if delivery.answer is not None and 200 <= delivery.answer < 300:
        delivery.status, delivery.delivered_at, delivery.next_at = Status.DELIVERED, now, None
    elif delivery.attempts >= MOST_ATTEMPTS:
        delivery.status, delivery.next_at = Status.FAILED, None
    else:
        delivery.next_at = now + timedelta(seconds=WAITS[delivery.attempts - 1])
        webhook_services.again(delivery, delivery.next_at)
    delivery.save(
        update_fields=["attempts", "answer", "error", "status", "delivered_at", "next_at"]
    )
    _count(delivery)


def secret_of(endpoint: WebhookEndpoint) -> str:
    """Return the signing secret: derived from the server's, good for one region and address."""
    info = context.namespaced(f"api.webhook:{endpoint.uuid}:{endpoint.generation}").encode()
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return f"whsec_{derive.derive(settings.SECRET_KEY.encode()).hex()}"


def signature(secret: str, body: bytes, at: int) -> str:
    """Return the header Balai-Signature: "t=<Unix time>,v1=<HMAC-SHA256 of "t.body">"."""
    digest = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _post(delivery: WebhookDelivery, now: datetime) -> int:
    body = json.dumps(delivery.body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "User-Agent": "Balai-Webhook/1",
        "Balai-Event": delivery.topic,
        "Balai-Delivery": str(delivery.uuid),
        "Balai-Attempt": str(delivery.attempts),
        "Balai-Signature": signature(secret_of(delivery.endpoint), body, int(now.timestamp())),
    }
    answer = outbound.request(
        "POST", delivery.endpoint.url, body=body, headers=headers, timeout=SECONDS
    )
    return answer.status


def _reason(error: OSError) -> str:
    """Return what was wrong, without names that a resolver or a certificate may put into it."""
    known = str(error) if isinstance(error, outbound.Refused) else ""
    return (known or type(error).__name__)[:200]


def _count(delivery: WebhookDelivery) -> None:
    """Count failures in a row; an address that only fails is paused, and the admins are told."""
    with transaction.atomic():
        endpoint = webhook_services.locked(delivery.endpoint)
        if delivery.status == Status.DELIVERED:
            if endpoint.failures:
                endpoint.failures = 0
                endpoint.save(update_fields=["failures"])
            return
        endpoint.failures = min(endpoint.failures + 1, 30_000)
        pausing = endpoint.active and endpoint.failures >= MOST_FAILURES
        endpoint.active = endpoint.active and not pausing
        endpoint.save(update_fields=["failures", "active"])
        if pausing:
            log.warning("webhook_paused", endpoint=str(endpoint.uuid), region=context.schema())
            webhook_notice.tell(endpoint)
            audit.record(
                action="api.webhook_paused",
                target=str(endpoint.uuid),
                after={"failures": endpoint.failures},
            )
