"""When somebody closes their account."""

from balai.modules import EventData, receiver
from modules.partners.services import people


@receiver("accounts.account_closed")
def forget_person(event: EventData) -> None:
    """Take the person out of every institution; what they answered stays the institution's."""
    people.forget(user=int(event.payload["user"] or 0))
