"""The wall's arrangement: figures on top, the largest part left, the others in two columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from balai.modules import Widget, widgets
from modules.liveroom import fragments

LARGE = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """One widget on the wall, with where its fresh inside comes from ("" for one of the past)."""

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
    html = fragments.insides(shown, request)
    return _arranged(
        (one, Tile(one.key(), " ".join(one.topics), reverse(fragment, args=[one.key()]),
                   html[one.key()]))
        for one in shown
    )  # fmt: skip


def past(html: Mapping[str, str]) -> Wall:
    """Return the wall of insides that were kept; what has been switched off since is left out."""
    shown = [one for one in widgets.active("wall") if not one.permission and html.get(one.key())]
    return _arranged((one, Tile(one.key(), "", "", html[one.key()])) for one in shown)


def some(keys: Iterable[str], request: HttpRequest) -> dict[str, str]:
    """Return fresh insides by key; "" for what no longer stands on this visitor's wall."""
    asked = list(dict.fromkeys(keys))
    shown = [one for one in widgets.active("wall", request) if one.key() in asked]
    return dict.fromkeys(asked, "") | fragments.insides(shown, request)


def _arranged(tiles: Iterable[tuple[Widget, Tile]]) -> Wall:
    placed = list(tiles)
    columns = [tile for widget, tile in placed if 1 < widget.size < LARGE]
    return Wall(
        figures=[tile for widget, tile in placed if widget.size <= 1],
        large=[tile for widget, tile in placed if widget.size >= LARGE],
        left=columns[::2],
        right=columns[1::2],
    )
