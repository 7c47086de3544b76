"""Tiles: today's prices on the home page and on walls; late markets, breaches and risers there."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from balai.modules import Widget
from balai.modules.widgets import Place
from balai.ui.formats import percent
from modules.prices import topics, workflow
from modules.prices.selectors import goods, overview
from modules.prices.selectors.glance import glance

WALL: tuple[Place, ...] = ("wall", "desk")
ROWS_ON_HOME, ROWS_ON_WALL = 6, 8
OUT: tuple[str, ...] = (topics.PUBLISHED,)


class TodayStrip(Widget):
    """A few goods with arrows, for everybody."""

    template_name = "prices/widgets/strip.html"
    places = ("home",)
    order = 40

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the goods of the basket; None before the first published day."""
        return {"glance": glance(ROWS_ON_HOME)}


class PriceList(Widget):
    """The same for walls, drawn again when a day is published."""

    template_name = "prices/widgets/list.html"
    places = WALL
    topics = OUT
    order = 45
    size = 2

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the goods of the basket; None before the first published day."""
        return {"glance": glance(ROWS_ON_WALL)}


class PriceFigure(Widget):
    """One figure of the prices."""

    template_name = "prices/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics: ClassVar[tuple[str, ...]] = OUT
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return label, value, words beside it and whether it should alarm."""
        value, base, alarm = self.figure()
        return {"label": self.label, "value": value, "base": base, "alarm": alarm}

    def figure(self) -> tuple[object, str, bool]:
        """Return (value, words beside it, alarm)."""
        raise NotImplementedError


class LateMarkets(PriceFigure):
    """Markets that should have handed in by now."""

    places = WALL
    order = 40
    topics = (topics.SAVED, *(move.topic for move in workflow.MOVES), topics.PUBLISHED)
    label = gettext_lazy("Late markets")

    def figure(self) -> tuple[object, str, bool]:
        """Late ones of all; on a day off nobody is."""
        day = overview.day(timezone.localdate(), timezone.now())
        if not day.due:
            return 0, _("a day off"), False
        return len(day.late), _("of %(n)s") % {"n": len(day.stands)}, bool(day.late)


class Breaches(PriceFigure):
    """Goods whose average lies above the ceiling."""

    places = WALL
    order = 41
    label = gettext_lazy("Above the ceiling")

    def figure(self) -> tuple[object, str, bool]:
        """How many, and the first of them."""
        found = glance(100, breaking=True)
        lines = found.lines if found else []
        return len(lines), lines[0].variety.label if lines else "", bool(lines)


class Risers(PriceFigure):
    """Goods that became dearer on each of three days."""

    places = WALL
    order = 42
    label = gettext_lazy("Rising three days")

    def figure(self) -> tuple[object, str, bool]:
        """How many, and the steepest of them."""
        found = overview.risers(goods.varieties())
        if not found:
            return 0, "", False
        words = {"name": found[0].variety.label, "share": percent(found[0].share, 1)}
        return len(found), _("%(name)s +%(share)s") % words, False


class Verifying(PriceFigure):
    """Markets that wait for a validator: what is left before the day goes out."""

    places = ("desk",)
    order = 43
    topics = LateMarkets.topics
    label = gettext_lazy("To be verified")

    def figure(self) -> tuple[object, str, bool]:
        """Handed in and not verified yet, and how many are ready to go out."""
        day = overview.day(timezone.localdate(), timezone.now())
        ready = len(day.ready)
        words = ngettext("%(n)s ready", "%(n)s ready", ready) % {"n": ready}
        return len(day.unverified), words, False
