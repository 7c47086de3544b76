"""What other programs are told of the specimen's events."""

from balai.modules import EventData
from tests.dummy.specimen.models import Note


def facts(event: EventData) -> dict[str, object] | None:
    """Return what is public about the note; nothing of one that says so."""
    note = Note.objects.filter(pk=event.payload["note"]).first()
    if note is None or note.text.startswith("Rahasia"):
        return None
    return {"note": str(note.uuid)}
