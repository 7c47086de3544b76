"""What happens after something happened at the centre."""

import uuid

from balai.modules import EventData, receiver
from modules.emergency import topics
from modules.emergency.services import panic


@receiver(topics.PANIC)
def send_what_its_phone_did_not(event: EventData) -> None:
    """Send a panic press whose ten seconds are over: its phone may be gone."""
    panic.send(key=uuid.UUID(event.key))
