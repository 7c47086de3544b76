"""What follows from the specimen's events."""

from django.db.models import F

from balai.modules import EventData, receiver
from tests.dummy.specimen.models import Note


@receiver("specimen.note_written")
def echo(event: EventData) -> None:
    """Count how often the event arrived; exactly once, however often it was sent."""
    Note.objects.filter(pk=event.payload["note"]).update(echoes=F("echoes") + 1)
