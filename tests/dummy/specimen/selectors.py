"""Reading notes."""

from django.db.models import QuerySet

from tests.dummy.specimen.models import Note


def notes() -> QuerySet[Note]:
    """Return all notes, newest first."""
    return Note.objects.order_by("-pk")
