"""Bring a message to its channel and write down how it went."""

from datetime import timedelta
from typing import Final

import structlog
from django.utils import timezone

from balai.notify import channels, rendering
from balai.notify.models import Message, Status
from balai.notify.queue import enqueue

log = structlog.get_logger(__name__)

MAX_ATTEMPTS: Final = 8
FIRST_PAUSE: Final = timedelta(seconds=20)
SECONDS: Final = 10.0


def deliver(message_id: int) -> None:
    """Send a queued message; inside the transaction of its event.

    A failure is written down and the message queued again, with a longer pause each time.
    """
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None or message.status != Status.QUEUED:
        return
    attempt(message, timeout=SECONDS)
    if message.status == Status.QUEUED:
        enqueue(message, not_before=timezone.now() + FIRST_PAUSE * 2 ** (message.attempts - 1))


def attempt(message: Message, *, timeout: float) -> None:
    """Try once and save the outcome: sent, failed for good, skipped, or still queued.

    Args:
        timeout: seconds the channel may take.
    """
    message.attempts += 1
    channel = channels.find(message.channel)
    if channel is None:
        _close(message, Status.SKIPPED, "no such channel here")
        return
    try:
        channel.deliver(rendering.render(message, timeout=timeout))
    except channels.Undeliverable as refusal:
        _close(message, Status.FAILED, str(refusal))
    except Exception as error:  # whatever it is, the log of messages must show it
        log.warning("message_failed", id=message.pk, error=type(error).__name__)
        last = message.attempts >= MAX_ATTEMPTS
        _close(message, Status.FAILED if last else Status.QUEUED, type(error).__name__)
    else:
        message.sent_at = timezone.now()
        _close(message, Status.SENT, "")


def _close(message: Message, status: Status, error: str) -> None:
    message.status, message.error = status, error[:200]
    if status != Status.QUEUED:
        message.context = {}  # nobody needs it any more, and it may hold a code
    message.save(update_fields=["status", "error", "attempts", "sent_at", "context"])
