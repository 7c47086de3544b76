"""Send queued messages once their transaction has committed."""

from balai.modules import EventData, receiver
from balai.notify import delivery
from balai.notify.queue import QUEUED


@receiver(QUEUED)
def deliver_message(event: EventData) -> None:
    """Hand the message to its channel; it records failure and tries again by itself."""
    delivery.deliver(int(event.payload["message"] or 0))
