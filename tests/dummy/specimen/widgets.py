"""The specimen's tile."""

from typing import Any

from django.http import HttpRequest

from balai.modules import Widget
from tests.dummy.specimen import selectors


class NoteCount(Widget):
    """How many notes there are."""

    template_name = "specimen/widget.html"
    places = ("home", "wall", "desk")
    topics = ("specimen.note_written",)

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the count."""
        return {"count": selectors.notes().count()}
