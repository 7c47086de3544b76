"""Tiles: how many instructions wait, for the wall; numbers alone, no words and no agency."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import ngettext

from balai.modules import Widget
from modules.liveroom import topics
from modules.liveroom.selectors import instructions


class OpenInstructions(Widget):
    """Instructions that have not ended, and how many of them are late."""

    template_name = "liveroom/widgets/instructions.html"
    places = ("wall", "desk")
    topics = topics.CHANGES
    order = 16

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return both counts; late ones alarm."""
        open_now, late = instructions.waiting()
        words = ngettext("%(n)s late", "%(n)s late", late) % {"n": late} if late else ""
        return {"value": open_now, "base": words, "alarm": late > 0}
