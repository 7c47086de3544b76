"""Tables of the outbox."""

from balai.outbox.models.event import Delivery, Event
from balai.outbox.models.idempotency import IdempotencyKey

__all__ = ["Delivery", "Event", "IdempotencyKey"]
