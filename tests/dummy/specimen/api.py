"""The specimen's part of the API."""

from django.http import HttpRequest
from ninja import Router

from balai.api import StrictSchema
from tests.dummy.specimen import selectors

router = Router(tags=["specimen"])


class NoteOut(StrictSchema):
    """A note, as the API shows it."""

    text: str


@router.get("/", response=list[NoteOut])
def list_notes(request: HttpRequest) -> list[NoteOut]:
    """List the newest notes."""
    return [NoteOut(text=note.text) for note in selectors.notes()[:50]]
