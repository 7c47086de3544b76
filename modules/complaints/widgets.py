"""Tiles: my and the newest reports on the home page, the city's reports on the wall."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from balai.modules import Widget
from balai.modules.widgets import Place
from balai.ui import maps
from balai.ui.formats import number, percent
from modules.complaints import access, conf
from modules.complaints.selectors import areas, case, clusters, figures, public
from modules.complaints.states import OPEN
from modules.complaints.topics import MADE_SECRET, MOVED

ROWS_ON_WALL = 8


class MyReports(Widget):
    """The visitor's own newest reports; absent for somebody who has none."""

    template_name = "complaints/widgets/mine.html"
    places = ("home",)
    order = 20

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return two reports and how many there are."""
        user: Any = request.user
        account = user.pk if user.is_authenticated else None
        seen = access.opened(request)
        rows = list(case.of_reporter(account, seen)[:3]) if account or seen else []
        return {"reports": rows[:2], "more": len(rows) > 2}


class RecentReports(Widget):
    """What others reported lately."""

    template_name = "complaints/widgets/recent.html"
    places = ("home",)
    order = 30

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return four public reports with a photo each, where there is one."""
        rows = list(public.reports()[:4]) if conf.current().public_list else []
        return {"reports": rows, "covers": public.cover_photos(rows)}


class Figure(Widget):
    """One figure of the wall; the figures of a page are read with one query."""

    template_name = "complaints/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics = MOVED
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return label, value, base and whether it should alarm."""
        totals = getattr(request, "_complaints_totals", None)
        if totals is None:
            totals = figures.totals(timezone.localtime())
            request._complaints_totals = totals  # type: ignore[attr-defined]  # one query a page
        value, base, alarm = self.figure(totals)
        return {"label": self.label, "value": value, "base": base, "alarm": alarm}

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Return (value, words beside it, alarm)."""
        raise NotImplementedError


class Waiting(Figure):
    """Red: somebody must begin."""

    places = ("wall",)
    order = 10
    label = _("Waiting to begin")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Reports received, assigned or reopened, and today's new ones."""
        new = ngettext("%(n)s new today", "%(n)s new today", totals.new_today)
        return totals.waiting, new % {"n": totals.new_today}, False


class Handled(Figure):
    """Yellow: somebody is at work."""

    places = ("wall",)
    order = 11
    label = _("Being handled")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Reports an agency works on."""
        return totals.handled, "", False


class Done(Figure):
    """Green: mended."""

    places = ("wall",)
    order = 12
    label = _("Done in 90 days")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Reports done, and today's."""
        today = ngettext("%(n)s today", "%(n)s today", totals.done_today)
        return totals.done, today % {"n": totals.done_today}, False


class Late(Figure):
    """Past its date."""

    places = ("wall",)
    order = 13
    label = _("Past the date")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Open reports whose side has let its date pass."""
        open_now = totals.waiting + totals.handled
        return totals.late, gettext("of %(n)s") % {"n": open_now}, totals.late > 0


class Oldest(Figure):
    """The longest anybody has waited for a first look."""

    places = ("wall",)
    order = 14
    label = _("Longest unverified")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """Working days, beside what the region allows."""
        limit = conf.current().verify_days
        days = figures.oldest_wait(totals, timezone.localtime())
        base = ngettext("of %(n)s working day", "of %(n)s working days", limit) % {"n": limit}
        return (0 if days is None else days), base, (days or 0) > limit


class Reopened(Figure):
    """How often "done" was not done."""

    places = ("wall",)
    order = 15
    label = _("Opened again, 90 days")

    def figure(self, totals: figures.Totals) -> tuple[object, str, bool]:
        """The share of finished reports whose reporter said no."""
        if not totals.finished:
            return "–", gettext("none finished yet"), False
        base = gettext("of %(n)s") % {"n": totals.finished}
        return percent(totals.reopened / totals.finished), base, False


class Speed(Widget):
    """How soon something happens: the median, and the time that nine of ten kept to."""

    template_name = "complaints/widgets/figure.html"
    places: ClassVar[tuple[Place, ...]] = ()
    topics = MOVED
    label: ClassVar[str | Promise] = ""

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the median in days and the p90 beside it; a dash for too few cases."""
        speed = getattr(request, "_complaints_speed", None)
        if speed is None:
            speed = figures.times(timezone.now())
            request._complaints_speed = speed  # type: ignore[attr-defined]  # one query a page
        found = self.spread(speed)
        if found.median is None or found.p90 is None:
            base = gettext("fewer than %(n)s") % {"n": figures.FAIR_MINIMUM}
            return {"label": self.label, "value": "–", "base": base, "alarm": False}
        base = gettext("9 of 10 within %(n)s") % {"n": number(found.p90, 1)}
        return {"label": self.label, "value": number(found.median, 1), "base": base}

    def spread(self, speed: figures.Speed) -> figures.Spread:
        """Return which of the times it shows."""
        raise NotImplementedError


class FirstAnswer(Speed):
    """Until somebody answered."""

    places = ("wall",)
    order = 16
    label = _("First answer, days")

    def spread(self, speed: figures.Speed) -> figures.Spread:
        """The time until the first answer."""
        return speed.answer


class Resolution(Speed):
    """Until it was mended."""

    places = ("wall",)
    order = 17
    label = _("Until done, days")

    def spread(self, speed: figures.Speed) -> figures.Spread:
        """The time until it was declared done."""
        return speed.done


class EvidenceFlags(Widget):
    """How much evidence of repairs asks for a second look."""

    template_name = "complaints/widgets/figure.html"
    topics = MOVED
    order = 18

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the reports with a flag on their evidence, of all with evidence, in 90 days."""
        found = figures.doubted(timezone.now())
        base = gettext("of %(n)s") % {"n": found.total}
        return {"label": _("Evidence with a flag"), "value": found.flagged, "base": base}


class OpenMap(Widget):
    """Where the open reports lie."""

    template_name = "complaints/widgets/map.html"
    topics = MOVED
    order = 20
    size = 4

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the map of counts by kecamatan, with what lies close together; nothing single."""
        counts = figures.open_by_district()
        spots = clusters.hotspots(public.listed().filter(state__in=OPEN))
        drawn = maps.area_map(
            areas.on_map(counts), title=gettext("Open reports by kecamatan"),
            pins=[maps.Pin(spot.latitude, spot.longitude, _near(spot.count)) for spot in spots],
        )  # fmt: skip
        return {"map": drawn, "total": sum(counts.values())}


def _near(count: int) -> str:
    words = ngettext("%(n)s report close together", "%(n)s reports close together", count)
    return words % {"n": count}


class ByAgency(Widget):
    """How the agencies do; median and p90 only where there are enough cases to be fair."""

    template_name = "complaints/widgets/agencies.html"
    topics = MOVED
    order = 30
    size = 2

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the agencies with most late cases, and how many more there are."""
        rows = figures.agencies(timezone.localtime())
        return {
            "rows": rows[:ROWS_ON_WALL],
            "more": max(len(rows) - ROWS_ON_WALL, 0),
            "minimum": figures.FAIR_MINIMUM,
        }


class Newest(Widget):
    """What has just been verified."""

    template_name = "complaints/widgets/newest.html"
    topics = (*MOVED, MADE_SECRET)
    order = 40
    size = 2

    def data(self, request: HttpRequest) -> dict[str, Any]:
        """Return public reports only: the wall shows nothing that the site does not."""
        return {"reports": list(public.reports()[:5])}
