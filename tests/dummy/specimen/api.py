"""The specimen's part of the API."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from balai.api import KeyAuth, StrictSchema
from tests.dummy.specimen import selectors, services

router = Router(tags=["specimen"])


class NoteIn(StrictSchema):
    """A note, as a program sends it."""

    text: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]


class NoteOut(StrictSchema):
    """A note, as the API shows it."""

    text: str


@router.get("/", response=list[NoteOut])
def list_notes(request: HttpRequest) -> list[NoteOut]:
    """List the newest notes."""
    return [NoteOut(text=note.text) for note in selectors.notes()[:50]]


@router.post("/", response={201: NoteOut}, auth=KeyAuth("specimen:write"))
def write_note(request: HttpRequest, told: NoteIn) -> Status[NoteOut]:
    """Write a note."""
    return Status(201, NoteOut(text=services.write_note(text=told.text).text))
