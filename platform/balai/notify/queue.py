"""The way from a message to its delivery: an event."""

from datetime import datetime
from typing import Final

from balai.notify.models import Message
from balai.outbox.services import publish

QUEUED: Final = "notify.message_queued"


def enqueue(message: Message, *, not_before: datetime | None = None) -> None:
    """Have the outbox deliver ``message`` after this transaction, and not before a time."""
    publish(QUEUED, payload={"message": message.pk}, not_before=not_before)
