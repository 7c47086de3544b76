"""Pieces of dashboards: subclassing :class:`Widget` in a module's ``widgets.py`` registers it."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from django.http import HttpRequest
from django.template.loader import render_to_string

Place = Literal["home", "desk", "wall"]


class Widget:
    """One tile of the home page, the desk or the live room.

    Attributes:
        template_name: what it is rendered with; gets what :meth:`data` returns.
        places: where it may stand.
        topics: outbox topics after which it must be drawn again.
        order: small numbers come first.
        size: how many of the grid's columns it wants on a wall, 1 to 4.
        permission: hide it from visitors without this right.
    """

    template_name: str
    places: ClassVar[tuple[Place, ...]] = ("wall",)
    topics: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[int] = 100
    size: ClassVar[int] = 1
    permission: ClassVar[str] = ""
    subclasses: ClassVar[list[type["Widget"]]] = []

    def __init_subclass__(cls) -> None:
        Widget.subclasses.append(cls)

    @classmethod
    def key(cls) -> str:
        """Return "<slug>.<ClassName>", the widget's name in URLs and settings."""
        from balai.modules import registry

        return f"{registry.owner_of(cls)}.{cls.__name__}"

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the template's variables for the current region."""
        raise NotImplementedError

    def render(self, request: HttpRequest) -> str:
        """Return the widget as HTML."""
        return render_to_string(self.template_name, {"widget": self, **self.data(request)}, request)


def active(place: Place, request: HttpRequest | None = None) -> Iterator[Widget]:
    """Yield the widgets of active modules for ``place`` that the visitor may see, in order."""
    from balai.modules import registry

    user = getattr(request, "user", None)
    for cls in sorted(Widget.subclasses, key=lambda widget: (widget.order, widget.__name__)):
        if place not in cls.places or registry.is_off(registry.owner_of(cls)):
            continue
        if not cls.permission or (user is not None and user.has_perm(cls.permission)):
            yield cls()


def find(key: str) -> Widget | None:
    """Return the active module's widget with this key, or None."""
    from balai.modules import registry

    for cls in Widget.subclasses:
        if cls.key() == key and not registry.is_off(registry.owner_of(cls)):
            return cls()
    return None
