"""What the dummy module keeps about a person: notes with their reference in them."""

from datetime import datetime
from typing import Any, Final

from balai.privacy.person import Person
from balai.privacy.subjects import Kept
from tests.dummy.specimen.models import Note

TITLE: Final = "Notes"


def collect(person: Person) -> list[dict[str, Any]]:
    """Return the person's notes."""
    return [{"text": note.text} for note in _notes(person)]


def erase(person: Person, now: datetime) -> list[Kept]:
    """Delete the person's notes."""
    _notes(person).delete()
    return []


def _notes(person: Person) -> Any:
    reference = str(person.user.uuid) if person.user else ""
    return Note.objects.filter(text__contains=reference) if reference else Note.objects.none()
