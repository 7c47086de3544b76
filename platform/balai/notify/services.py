"""Queue messages to people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from balai.notify import codec, delivery, hours
from balai.notify.models import Message, Status
from balai.notify.queue import enqueue
from balai.notify.recipient import Recipient

AT_ONCE_SECONDS: Final = 5.0
RESCUE: Final = timedelta(seconds=20)


@transaction.atomic
def send(
    *, template: str, to: Recipient, context: Mapping[str, Any], language: str, dedupe_key: str
) -> list[Message]:
    """Queue one message a channel; see :func:`balai.notify.send`."""
    messages = []
    for message, new in _messages(template, to, context, language, dedupe_key):
        messages.append(message)
        if new:
            enqueue(message, not_before=hours.next_allowed(message.channel, template))
    return messages


def send_now(
    *, template: str, to: Recipient, context: Mapping[str, Any], language: str
) -> list[Message]:
    """Send one message a channel while the person waits; see :func:`balai.notify.send_now`."""
    with transaction.atomic():
        messages = [message for message, _ in _messages(template, to, context, language, "")]
        for message in messages:
            # Should this process end before it has sent: the outbox does it, a little later.
            enqueue(message, not_before=timezone.now() + RESCUE)
    for message in messages:
        with transaction.atomic():
            mine = Message.objects.select_for_update().get(pk=message.pk)
            if mine.status == Status.QUEUED:
                delivery.attempt(mine, timeout=AT_ONCE_SECONDS)
    return messages


def _messages(
    template: str, to: Recipient, context: Mapping[str, Any], language: str, dedupe_key: str
) -> list[tuple[Message, bool]]:
    ending = {"unsubscribe": to.unsubscribe} if to.unsubscribe else {}
    fields = {
        "template": template,
        "context": codec.pack({**context, **ending}),
        "language": language or to.language or settings.LANGUAGE_CODE,
    }
    return [
        _message(dedupe_key, {**fields, "channel": channel, "recipient": address})
        for channel, address in to.addresses()
    ]


def _message(dedupe_key: str, fields: Mapping[str, Any]) -> tuple[Message, bool]:
    if not dedupe_key:
        return Message.objects.create(**fields), True
    key = f"{dedupe_key}:{fields['channel']}"
    return Message.objects.get_or_create(dedupe_key=key, defaults=fields)
