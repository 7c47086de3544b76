"""Tiles: the city's apps on the home page; silent apps, use and cost on walls."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from balai.modules import Widget
from balai.modules.widgets import Place
from balai.ui.formats import number
from modules.catalogue import topics
from modules.catalogue.selectors import health, public, use

WALL: tuple[Place, ...] = ("wall", "desk")
ON_HOME, ROWS = 12, 8


class AppTiles(Widget):
    """Some apps that the city put on the home page, for everybody."""

    template_name = "catalogue/widgets/tiles.html"
    places = ("home",)
    order = 20

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the apps with a tile."""
        return {"apps": public.on_home(ON_HOME)}


class SilentApps(Widget):
    """Which apps do not answer, drawn again when one goes down or comes back."""

    template_name = "catalogue/widgets/silent.html"
    places = WALL
    topics = (topics.DOWN, topics.UP)
    order = 60
    size = 2
    permission = "catalogue.access_desk"

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the silent apps and how many are watched."""
        silent = health.down()
        return {"apps": silent[:ROWS], "more": len(silent[ROWS:]), "watched": len(health.watched())}


class CatalogueFigure(Widget):
    """One figure of the catalogue."""

    template_name = "catalogue/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics: ClassVar[tuple[str, ...]] = (topics.CHANGED,)
    permission = "catalogue.access_desk"
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return label, value and words beside it."""
        value, base = self.figure(use.totals(use.every(timezone.localdate())))
        return {"label": self.label, "value": value, "base": base}

    def figure(self, totals: dict[str, Any]) -> tuple[str, str]:
        """Return (value, words beside it)."""
        raise NotImplementedError


class AppsInUse(CatalogueFigure):
    """How many apps the city has, and how many of them need no further account."""

    places = WALL
    order = 61
    label = gettext_lazy("City apps")

    def figure(self, totals: dict[str, Any]) -> tuple[str, str]:
        """Apps, and those with one account."""
        return number(totals["apps"]), _("%(n)s with one account") % {"n": totals["one_account"]}


class AppsOpened(CatalogueFigure):
    """How often apps were opened from here."""

    places = WALL
    order = 62
    label = gettext_lazy("Apps opened")

    def figure(self, totals: dict[str, Any]) -> tuple[str, str]:
        """Clicks out in the window."""
        return number(totals["opened"]), _("in %(days)s days") % {"days": use.WINDOW}
