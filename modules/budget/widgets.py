"""Tiles: what is realised against the year, who is too slow, what is too much."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from balai.modules import Widget
from balai.modules.widgets import Place
from balai.ui import formats
from modules.budget import conf, money, topics
from modules.budget.models import Snapshot
from modules.budget.selectors import overview, watch
from modules.budget.selectors.shown import choose
from modules.budget.states import Kind, Side

WALL: tuple[Place, ...] = ("wall", "desk")
ROWS = 6


class WhereItGoes(Widget):
    """The largest agencies with what they have spent, for everybody."""

    template_name = "budget/widgets/largest.html"
    places = ("home",)
    order = 70

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the newest published state and its largest agencies; nothing before one."""
        shown = choose()
        if shown is None:
            return {}
        found = overview.by(shown.snapshot, Side.SPENDING, Kind.AGENCY)
        return {
            "shown": shown, "snapshot": shown.snapshot, "elapsed": shown.snapshot.elapsed,
            "parts": found[:ROWS],
        }  # fmt: skip


class BudgetFigure(Widget):
    """One figure of the budget."""

    template_name = "budget/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics: ClassVar[tuple[str, ...]] = topics.CHANGED
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return label, value, words beside it and whether it should alarm."""
        latest = watch.latest()
        value, base, alarm = self.figure(latest) if latest else ("–", _("no budget yet"), False)
        return {"label": self.label, "value": value, "base": base, "alarm": alarm}

    def figure(self, snapshot: Snapshot) -> tuple[object, str, bool]:
        """Return (value, words beside it, alarm) of a state of the budget."""
        raise NotImplementedError


class Absorption(BudgetFigure):
    """Realised spending against the elapsed year."""

    places = WALL
    order = 70
    label = gettext_lazy("Budget realised")

    def figure(self, snapshot: Snapshot) -> tuple[object, str, bool]:
        """The share, and how much of the year was over on that day."""
        own = overview.sides(snapshot).get(Side.SPENDING)
        if own is None or own.share is None:
            return "–", _("no budget yet"), False
        words = {
            "year": formats.percent(snapshot.elapsed), "day": formats.short_date(snapshot.as_of),
            "money": money.short(own.revised),
        }  # fmt: skip
        behind = snapshot.elapsed - own.share >= conf.current().behind_points / 100
        base = _("of %(money)s; %(year)s of the year on %(day)s") % words
        return formats.percent(own.share, 1), base, behind


class TooSlow(BudgetFigure):
    """Agencies that lie far behind the elapsed year."""

    places = WALL
    order = 71
    label = gettext_lazy("Agencies behind the year")

    def figure(self, snapshot: Snapshot) -> tuple[object, str, bool]:
        """How many, and from how many points on."""
        count = watch.figures(snapshot)["behind"]
        points = conf.current().behind_points
        words = ngettext("by %(n)s point or more", "by %(n)s points or more", points)
        return count, words % {"n": points}, bool(count)


class TooMuch(BudgetFigure):
    """Lines on which more was realised than the budget allows."""

    places = WALL
    order = 72
    label = gettext_lazy("Lines above their budget")

    def figure(self, snapshot: Snapshot) -> tuple[object, str, bool]:
        """How many lines of spending."""
        count = watch.figures(snapshot)["over"]
        return count, formats.short_date(snapshot.as_of), bool(count)
