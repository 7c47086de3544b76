"""Writing notes."""

from django.db import transaction

from balai import audit, outbox
from balai.modules import banners
from tests.dummy.specimen.models import Note


@transaction.atomic
def write_note(*, text: str) -> Note:
    """Store a note and tell the outbox."""
    note = Note.objects.create(text=text)
    audit.record(action="specimen.note_written", target=str(note.uuid))
    outbox.publish("specimen.note_written", key=str(note.uuid), note=note.pk)
    if text.startswith("!"):
        banners.changed()
    return note
