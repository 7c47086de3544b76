"""Fetch photos that another program named by their address."""

from balai.modules import EventData, receiver
from modules.complaints.services import remote_photos


@receiver(remote_photos.OFFERED)
def fetch_photo(event: EventData) -> None:
    """Fetch one; failures are tried again by themselves and then given up."""
    remote_photos.fetch(int(event.payload["photo"] or 0))
