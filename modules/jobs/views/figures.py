"""How many people found work: for everybody with small numbers kept back, for the office whole."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai import csv_out
from balai.accounts.guards import desk_required
from balai.ui import charts
from balai.ui.charts import Point
from modules.jobs.choices import Education
from modules.jobs.selectors import figures
from modules.jobs.selectors.figures import Figures
from modules.jobs.suppression import K

STATISTICS = "jobs.statistics"


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show the last twelve whole months to everybody."""
    months = figures.months(timezone.now(), whole=True)
    shown = figures.kept_back(figures.placements(months))
    return render(request, "jobs/figures.html", _page(shown))


@never_cache
@require_safe
@desk_required(STATISTICS)
def desk(request: HttpRequest) -> HttpResponse:
    """Show twelve months with this one, whole, to who may see the figures."""
    months = figures.months(timezone.now(), whole=False)
    return render(request, "jobs/desk/figures.html", _page(figures.placements(months)))


@require_safe
def placements_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer what everybody may read as CSV, without samples: what, of which kind, how many."""
    months = figures.months(timezone.now(), whole=True)
    shown = figures.kept_back(figures.placements(months, samples=False))
    return csv_out.response("penempatan.csv", _lines(shown))


def _page(shown: Figures) -> dict[str, Any]:
    months = [Point(_month(month), value, _note(value)) for month, value in shown.months.items()]
    districts = _points({name or _("not told"): n for name, n in shown.districts.items() if n != 0})
    educations = _points({_diploma(level): n for level, n in shown.educations.items()})
    return {
        "figures": shown,
        "nothing": shown.total == 0,
        "market": figures.market(timezone.now()),
        "samples": figures.has_samples(),
        "k": K,
        "months": charts.columns(months, title=_("People who found work, by month")),
        "districts": charts.bars(districts, title=_("By kecamatan of the work")),
        "educations": charts.bars(educations, title=_("By last diploma")),
        "small_districts": [name or _("not told") for name, n in shown.districts.items()
                            if n is None],
        "small_educations": [_diploma(level) for level, n in shown.educations.items()
                             if n is None],
    }  # fmt: skip


def _points(counts: Mapping[str, int | None]) -> list[Point]:
    told = [(name, n) for name, n in counts.items() if n is not None]
    return [Point(name, n) for name, n in sorted(told, key=lambda pair: -pair[1])]


def _lines(shown: Figures) -> Iterator[list[Any]]:
    yield ["dimension", "value", "placements"]
    yield from (["month", f"{month:%Y-%m}", _cell(n)] for month, n in shown.months.items())
    yield from (["district", name, _cell(n)] for name, n in shown.districts.items())
    for level, n in shown.educations.items():
        yield ["education", Education(level).name if level else "", _cell(n)]
    yield ["total", "", _cell(shown.total)]


def _cell(value: int | None) -> int | str:
    """Return a count; "<" says that it is kept back, being small or next to a small one."""
    return "<" if value is None else value


def _month(month: date) -> str:
    return date_format(month, "M Y")


def _note(value: int | None) -> str:
    return _("kept back") if value is None else ""


def _diploma(level: int | None) -> str:
    return str(Education(level).label) if level else _("not told")
