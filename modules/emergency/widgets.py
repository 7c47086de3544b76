"""The centre on walls and desks: calls, units, times. No person, no address, nothing sealed."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from balai.modules import Widget
from balai.modules.widgets import Place
from modules.emergency import conf, topics
from modules.emergency.durations import words
from modules.emergency.selectors import public_figures, today

ROWS_ON_WALL = 6
WALL: tuple[Place, ...] = ("wall", "desk")


class CentreFigure(Widget):
    """One figure of the centre."""

    template_name = "emergency/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics: ClassVar[tuple[str, ...]] = topics.BOARD
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return label, value, words beside it and whether it should alarm."""
        value, base, alarm = self.figure()
        return {"label": self.label, "value": value, "base": base, "alarm": alarm}

    def figure(self) -> tuple[object, str, bool]:
        """Return (value, words beside it, alarm)."""
        raise NotImplementedError


class CallsToday(CentreFigure):
    """Emergencies and noise, honestly apart."""

    places = WALL
    order = 20
    topics = (topics.TAKEN, topics.NOISE, topics.CHANGED)
    label = gettext_lazy("112 today")

    def figure(self) -> tuple[object, str, bool]:
        """Emergencies of today, and what else rang."""
        found = today.calls(timezone.now())
        words = ngettext("%(n)s more was no emergency", "%(n)s more were no emergency", found.noise)
        return found.real, words % {"n": found.noise} if found.noise else "", False


class OpenIncidents(CentreFigure):
    """Incidents that somebody must still do something about."""

    places = WALL
    order = 21
    label = gettext_lazy("Open incidents")

    def figure(self) -> tuple[object, str, bool]:
        """Open ones, and those that wait for a unit."""
        found = today.open_now()
        wait = ngettext("%(n)s waits for a unit", "%(n)s wait for a unit", found.waiting)
        return found.total, wait % {"n": found.waiting}, found.waiting > 0


class UnitsFree(CentreFigure):
    """Units that could go now."""

    places = WALL
    order = 22
    topics = (topics.UNIT,)
    label = gettext_lazy("Units free")

    def figure(self) -> tuple[object, str, bool]:
        """Free ones with a crew, of all in use."""
        found = today.units()
        return found.free, _("of %(n)s") % {"n": found.total}, found.total > 0 and not found.free


class OnSceneP90(CentreFigure):
    """How soon somebody is there, nine times out of ten."""

    places = WALL
    order = 23
    topics = (topics.CHANGED, topics.ENDED)
    label = gettext_lazy("On scene, 9 of 10 within")

    def figure(self) -> tuple[object, str, bool]:
        """The p90 of 30 days, and the median."""
        found = today.on_scene(timezone.now())
        if found.p90 is None:
            return "–", _("too few incidents in 30 days"), False
        return words(found.p90), _("half within %(time)s") % {"time": words(found.p50)}, False


class OpenIncidentList(Widget):
    """What is going on, by kind, kelurahan and state."""

    template_name = "emergency/widgets/open.html"
    places = WALL
    topics = topics.BOARD
    order = 35
    size = 2

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the most pressing incidents, and how many more there are."""
        rows = today.rows(timezone.now())
        return {
            "rows": [(row, today.place(row)) for row in rows[:ROWS_ON_WALL]],
            "more": max(len(rows) - ROWS_ON_WALL, 0),
        }


class LastMonth(Widget):
    """What 112 did last month, for everybody: emergencies, and calls that were none."""

    template_name = "emergency/widgets/home.html"
    places = ("home",)
    order = 60

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the last whole month; None while there is none, or it is not told."""
        if not conf.current().public_figures:
            return {"month": None}
        months = public_figures.last_year(timezone.now())
        told = [month for month in months if month.real is not None and month.noise is not None]
        return {"month": told[0] if told else None}
