"""Take the report of vacancies along (Perpres 57/2023)."""

from itertools import chain
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai import audit, csv_out
from balai.accounts.guards import desk_required
from modules.jobs import workbook
from modules.jobs.export_form import ExportForm
from modules.jobs.selectors import exporting

EXPORT = "jobs.export"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(EXPORT)
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask for days and kind of file; POST answers with it and is noted in the audit log."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "jobs/desk/export.html", {"form": form}, status=status)
    told = form.cleaned_data
    audit.record(
        action="jobs.exported", target="perpres-57",
        after={"kind": told["kind"], "first": str(told["first"]), "last": str(told["last"])},
    )  # fmt: skip
    return _file(told)


def _file(told: dict[str, Any]) -> HttpResponseBase:
    found = exporting.vacancies(told["first"], told["last"])
    name = f"lowongan-{told['first']:%Y%m%d}-{told['last']:%Y%m%d}.{told['kind']}"
    labels = [str(column.label) for column in exporting.COLUMNS]
    if told["kind"] == "xlsx":
        file = workbook.write(_("Vacancies"), labels, exporting.rows(found))
        return FileResponse(file, as_attachment=True, filename=name, content_type=workbook.TYPE)
    lines = ([exporting.words(cell) for cell in row] for row in exporting.rows(found))
    return csv_out.response(name, chain([labels], lines))
