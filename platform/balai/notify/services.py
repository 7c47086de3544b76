"""Queue messages to people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from balai.notify import codec, hours
from balai.notify.models import Message
from balai.notify.recipient import Recipient
from balai.outbox.services import publish

QUEUED: Final = "notify.message_queued"


@transaction.atomic
def send(
    *, template: str, to: Recipient, context: Mapping[str, Any], language: str, dedupe_key: str
) -> list[Message]:
    """Queue one message a channel; see :func:`balai.notify.send`."""
    kept = codec.pack(context)
    messages = []
    for channel, address in to.addresses():
        message, new = _message(
            channel,
            address,
            dedupe_key,
            template=template,
            context=kept,
            language=language or to.language or settings.LANGUAGE_CODE,
        )
        messages.append(message)
        if new:
            enqueue(message, not_before=hours.next_allowed(channel, template))
    return messages


def enqueue(message: Message, *, not_before: datetime | None = None) -> None:
    """Have the outbox deliver ``message`` after this transaction, and not before a time."""
    publish(QUEUED, payload={"message": message.pk}, not_before=not_before)


def _message(channel: str, address: str, dedupe_key: str, **fields: Any) -> tuple[Message, bool]:
    fields |= {"channel": channel, "recipient": address}
    if not dedupe_key:
        return Message.objects.create(**fields), True
    return Message.objects.get_or_create(dedupe_key=f"{dedupe_key}:{channel}", defaults=fields)
