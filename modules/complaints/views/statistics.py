"""The page of figures: what came in, what was done with it, and how long it took."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
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
from modules.complaints.selectors.suppression import K, Table
from modules.complaints.views.listing import name


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
    """The same figures as a CSV file. 404 where the region does not publish its reports."""
    if not conf.current().public_list:
        raise Http404
    period = periods.parse(request.GET.get("period", ""))
    figures = statistics(period)
    districts = {area.pk: area.name for area in areas.districts()}
    rows = scorecards.lines(figures, _groups(), districts, agencies.names())
    return csv_out.response(f"statistics-{period.start:%Y%m%d}-{period.last_day:%Y%m%d}.csv", rows)


def _told(figures: Statistics) -> dict[str, Any]:
    groups, districts = _groups(), areas.districts()
    scores = scorecards.agencies(figures, agencies.names())
    crossed = figures.crossed
    kinds, small_kinds = scorecards.named(crossed.columns, groups)
    places, small_places = scorecards.named(
        crossed.rows, {area.pk: area.name for area in districts}
    )
    return {
        "figures": figures,
        "minimum": FAIR_MINIMUM,
        "small": K,
        "received": _months(figures.received, _("Received")),
        "resolved": _months(figures.resolved, _("Resolved")),
        "statuses": charts.share(
            [charts.Point(label, n) for label, n in scorecards.statuses(figures)],
            title=_("Where the reports received stand now"),
        ),
        "kinds": _bars(kinds, _("Reports by kind")),
        "small_kinds": small_kinds,
        "places": _bars(places, _("Reports by kecamatan")),
        "small_places": small_places,
        "map": _map(crossed, districts),
        "heat": _heat(crossed, groups, districts),
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


def _bars(counts: list[tuple[str, int]], title: str) -> str:
    return charts.bars([charts.Point(*line) for line in counts], title=title, unit=_("reports"))


def _map(crossed: Table, districts: list[Area]) -> str:
    known: dict[str, float | None] = {area.code: crossed.rows.get(area.pk, 0) for area in districts}
    # A number that is kept back is no number on the map either; 0 would be an untruth.
    return maps.area_map(area_values(known), title=_("Reports by kecamatan"), unit=_("reports"))


def _heat(crossed: Table, groups: Mapping[int, str], districts: list[Area]) -> dict[str, Any]:
    """Return kinds by kecamatan: each cell its number and tint, None for one kept back."""
    shown = [pk for pk in groups if pk in crossed.columns]
    most = max((n for n in crossed.cells.values() if n), default=0)

    def cell(district: int, group: int) -> tuple[int | None, int]:
        value = crossed.cells.get((district, group), 0)
        return value, charts.level(value, most)

    rows = [
        (area.name, [cell(area.pk, pk) for pk in shown])
        for area in districts
        if area.pk in crossed.rows
    ]
    return {"heads": [groups[pk] for pk in shown], "rows": rows if shown else []}
