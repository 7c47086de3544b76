"""The wall's arrangement: figures on top, the largest part left, the others in two columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from balai.modules import Widget, widgets

LARGE = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One widget on the wall, with where its fresh inside comes from."""

    key: str
    topics: str
    url: str
    html: str


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything that stands on it."""

    figures: Sequence[Tile]
    large: Sequence[Tile]
    left: Sequence[Tile]
    right: Sequence[Tile]

    @property
    def empty(self) -> bool:
        """Whether no active module has anything to show."""
        return not (self.figures or self.large or self.left or self.right)


def build(request: HttpRequest, fragment: str) -> Wall:
    """Return the wall for a visitor.

    Args:
        request: whose rights count; a screen has none, and sees what needs none.
        fragment: the name of the URL that answers with one widget's inside.
    """
    shown = list(widgets.active("wall", request))
    columns = [widget for widget in shown if 1 < widget.size < LARGE]
    return Wall(
        figures=[_tile(widget, request, fragment) for widget in shown if widget.size <= 1],
        large=[_tile(widget, request, fragment) for widget in shown if widget.size >= LARGE],
        left=[_tile(widget, request, fragment) for widget in columns[::2]],
        right=[_tile(widget, request, fragment) for widget in columns[1::2]],
    )


def one(key: str, request: HttpRequest) -> str:
    """Return a widget's fresh inside, or "" when it no longer stands on this visitor's wall."""
    shown = {widget.key(): widget for widget in widgets.active("wall", request)}
    return shown[key].render(request) if key in shown else ""


def _tile(widget: Widget, request: HttpRequest, fragment: str) -> Tile:
    key = widget.key()
    url = reverse(fragment, args=[key])
    return Tile(key, " ".join(widget.topics), url, widget.render(request))
