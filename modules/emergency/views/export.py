"""The monthly report for the national monitoring centre, as a workbook or as lines."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai import audit, context, csv_out
from balai.accounts.guards import desk_required
from balai.ui import formats
from modules.emergency import workbook
from modules.emergency.figures_form import MonthsForm
from modules.emergency.selectors import monthly
from modules.emergency.views.statistics import STATISTICS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(STATISTICS)
def page(request: HttpRequest) -> HttpResponseBase:
    """Ask which months; POST answers with the file and writes down that it was taken."""
    form = MonthsForm(request.POST or None, initial=_last_month())
    if request.method != "POST":
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, status=422)
    months, kind = form.months(), form.cleaned_data["kind"]
    span = f"{months[0]:%Y-%m}_{months[-1]:%Y-%m}"
    audit.record(action="emergency.exported", after={"months": span, "kind": kind})
    name = f"112-{context.current_region().slug}-{span}.{kind}"
    if kind == "csv":
        return csv_out.response(name, _lines(months))
    file = workbook.write((f"{month:%Y-%m}", _head(month), monthly.tables(month))
                          for month in months)  # fmt: skip
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _lines(months: Sequence[date]) -> Iterator[list[monthly.Cell]]:
    yield [*monthly.flat_heads()]
    for month in months:
        yield from monthly.flat(month)


def _head(month: date) -> list[str]:
    region, now = context.current_region(), timezone.now()
    return [
        _("112 emergency centre, monthly report"),
        f"{region.name} ({region.code})",
        _("Month: %(month)s") % {"month": f"{month:%Y-%m}"},
        _("Made: %(moment)s") % {"moment": formats.moment(now)},
    ]


def _last_month() -> dict[str, str]:
    today = timezone.now().astimezone(context.current_region().zone).date()
    year, month = divmod(today.year * 12 + today.month - 2, 12)
    text = f"{year}-{month + 1:02}"
    return {"since": text, "until": text}


def _ask(request: HttpRequest, form: MonthsForm, status: int = 200) -> HttpResponse:
    return render(request, "emergency/export.html", {"form": form}, status=status)
