"""Stripe's webhooks: kept first, acted on afterwards, once each, in any order."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from provisioning.billing import facts, gateway, mirror
from provisioning.models import EventState, StripeEvent

log = structlog.get_logger(__name__)

TRIES: Final = 8
AT_ONCE: Final = 20
FIRST_WAIT: Final = timedelta(seconds=30)
HEARD: Final = ("customer", "invoice.", "checkout.session.", "subscription_schedule.")
"""Beginnings of the types that can change a plan or a debt; others are kept and done."""


def keep(event: facts.Event) -> None:
    """Store an event, once however often it comes, and have a worker act on it."""
    from provisioning.billing import tasks  # the tasks call this file

    row = StripeEvent(
        event_id=event.key, type=event.type, object_id=event.object_id, customer=event.customer,
        made_at=event.made_at,
    )  # fmt: skip
    with transaction.atomic():
        StripeEvent.objects.bulk_create([row], ignore_conflicts=True)
        transaction.on_commit(lambda: tasks.process_event.delay(event.key), robust=True)


def process(event_id: str) -> EventState:
    """Act on a stored event, unless that has been done; return where it is now.

    What an event says is not believed: the API is asked how things stand. After a failure it is
    tried again, at growing distances; after eight it waits for an operator.
    """
    with transaction.atomic():
        row = StripeEvent.objects.select_for_update().get(event_id=event_id)
        if row.state != EventState.WAITING:
            return EventState(row.state)
        row.attempts += 1
        try:
            with transaction.atomic():
                _act(row)
        except Exception as error:  # whatever it is, the event is kept and shown
            _failed(row, error)
        else:
            row.state, row.error, row.done_at = EventState.DONE, "", timezone.now()
        row.save(update_fields=["state", "attempts", "error", "done_at"])
    return EventState(row.state)


def process_waiting() -> int:
    """Act on the oldest events whose time has come; return how many."""
    now = timezone.now()
    waiting = StripeEvent.objects.filter(state=EventState.WAITING).order_by("received_at")
    due = [row.event_id for row in waiting[: 10 * AT_ONCE] if now >= _next_try(row)][:AT_ONCE]
    for event_id in due:
        process(event_id)
    return len(due)


def retry(rows: Iterable[StripeEvent]) -> int:
    """Give dead letters their tries back and act on them; return how many are done now."""
    done = 0
    for row in rows:
        StripeEvent.objects.filter(pk=row.pk, state=EventState.DEAD).update(
            state=EventState.WAITING, attempts=0
        )
        done += process(row.event_id) == EventState.DONE
    return done


def replay(*, since: timedelta) -> int:
    """Act again on every event received within ``since``, done or not; return how many."""
    rows = StripeEvent.objects.filter(received_at__gte=timezone.now() - since)
    rows.update(state=EventState.WAITING, attempts=0)
    found = list(rows.order_by("received_at").values_list("event_id", flat=True))
    for event_id in found:
        process(event_id)
    return len(found)


def _act(row: StripeEvent) -> None:
    if not row.customer or not row.type.startswith(HEARD):
        return
    if not mirror.converge(row.customer):
        log.info("billing.foreign_customer", event_type=row.type)


def _failed(row: StripeEvent, error: Exception) -> None:
    """Keep the error's kind and, of our own, its words: others may quote what is personal."""
    told = str(error) if isinstance(error, gateway.GatewayError) else ""
    row.error = f"{type(error).__name__} {told}".strip()[:240]
    if row.attempts >= TRIES:
        row.state = EventState.DEAD
    log.warning("billing.event_failed", event_type=row.type, attempts=row.attempts, error=row.error)


def _next_try(row: StripeEvent) -> datetime:
    wait: timedelta = FIRST_WAIT * 4**row.attempts
    return row.received_at + wait
