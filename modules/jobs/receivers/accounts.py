"""When somebody closes their account."""

from balai.modules import EventData, receiver
from modules.jobs.services import forgetting


@receiver("accounts.account_closed")
def forget_person(event: EventData) -> None:
    """Take the person out of profiles, applications and employers."""
    forgetting.forget(user=int(event.payload["user"] or 0))
