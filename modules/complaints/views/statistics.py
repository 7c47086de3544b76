"""The page of figures: what came in, what was done with it, and how long it took."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai import csv_out
from balai.directory.models import Area
from balai.ui import charts, maps
from balai.ui.boundaries import area_values
from modules.complaints import conf, scorecards
from modules.complaints.selectors import agencies, areas, categories, periods
from modules.complaints.selectors.figures import FAIR_MINIMUM
from modules.complaints.selectors.statistics import Statistics, statistics
from modules.complaints.selectors.suppression import suppress
from modules.complaints.views.listing import name

SMALL = 5
"""Counts of a kind of problem in a kecamatan below this are not told: they could name somebody."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period as charts with their tables."""
    period = periods.parse(request.GET.get("period", ""))
    listed = conf.current().public_list
    context: dict[str, Any] = {
        "listed": listed, "name": name(), "period": period, "choices": periods.CHOICES,
    }  # fmt: skip
    if listed:
        context |= _told(statistics(period))
    return render(request, "complaints/statistics.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a CSV file."""
    period = periods.parse(request.GET.get("period", ""))
    figures = statistics(period)
    districts = {area.pk: area.name for area in areas.districts()}
    rows = scorecards.lines(figures, _groups(), districts, agencies.names())
    return csv_out.response(f"statistics-{period.start:%Y%m%d}-{period.last_day:%Y%m%d}.csv", rows)


def _told(figures: Statistics) -> dict[str, Any]:
    groups, districts = _groups(), areas.districts()
    scores = scorecards.agencies(figures, agencies.names())
    return {
        "figures": figures,
        "minimum": FAIR_MINIMUM,
        "small": SMALL,
        "received": _months(figures.received, _("Received")),
        "resolved": _months(figures.resolved, _("Resolved")),
        "statuses": charts.share(
            [charts.Point(label, n) for label, n in scorecards.statuses(figures)],
            title=_("Where the reports received stand now"),
        ),
        "kinds": _bars(figures.by(1), groups, _("Reports by kind")),
        "places": _bars(
            figures.by(2), {area.pk: area.name for area in districts}, _("Reports by kecamatan")
        ),
        "map": _map(figures, districts),
        "heat": _heat(figures, groups, districts),
        "classes": scorecards.classes(figures),
        "fair": scores.fair,
        "few": scores.few,
    }


def _groups() -> dict[int, str]:
    found = categories.groups(active_only=False)
    return {group.category.pk: group.category.label for group in found}


def _months(counts: Mapping[date, int], title: str) -> str:
    points = [charts.Point(dateformat.format(month, "M Y"), n) for month, n in counts.items()]
    return charts.columns(points, title=title, unit=_("reports"))


def _bars(counts: Mapping[Any, int], names: Mapping[int, str], title: str) -> str:
    points = [
        charts.Point(names.get(pk, _("Unknown")), n)
        for pk, n in sorted(counts.items(), key=lambda item: -item[1])
    ]
    return charts.bars(points, title=title, unit=_("reports"))


def _map(figures: Statistics, districts: list[Area]) -> str:
    counts = figures.by(2)
    values = area_values({area.code: counts[area.pk] for area in districts})
    return maps.area_map(values, title=_("Reports by kecamatan"), unit=_("reports"))


def _heat(figures: Statistics, groups: Mapping[int, str], districts: list[Area]) -> dict[str, Any]:
    """Return kinds by kecamatan: each cell its number and tint, None for a number too small."""
    counts: dict[tuple[int, int], int] = {}
    for _state, group, district, n in figures.cells:
        if district is not None:
            counts[district, group] = counts.get((district, group), 0) + n
    told = suppress(counts, SMALL)
    shown = [pk for pk in groups if any(group == pk for _district, group in counts)]
    most = max((n for n in told.values() if n), default=0)

    def cell(key: tuple[int, int]) -> tuple[int | None, int]:
        value = told.get(key, 0)
        return value, charts.level(value, most)

    rows = [(area.name, [cell((area.pk, pk)) for pk in shown]) for area in districts]
    return {"heads": [groups[pk] for pk in shown], "rows": rows if shown else []}
