"""What follows when an account is closed."""

from balai.accounts.people import CLOSED
from balai.modules import EventData, receiver
from balai.signon import grants


@receiver(CLOSED)
def forget_closed(event: EventData) -> None:
    """Delete the person's consents and tokens: apps learn nothing more."""
    grants.forget(user_id=int(event.payload["user"] or 0))
