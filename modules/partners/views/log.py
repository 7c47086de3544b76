"""Who shared what with whom: a page and a file."""

from itertools import chain

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai import audit, csv_out
from balai.accounts.guards import desk_required
from balai.ui.paging import paged
from modules.partners.desk_forms import LogForm
from modules.partners.selectors import log

READ = "partners.read_log"


@never_cache
@require_safe
@desk_required(READ)
def index(request: HttpRequest) -> HttpResponseBase:
    """Show what was shared on some days, newest first."""
    form = LogForm(request.GET)
    good = form.is_valid()
    told = form.cleaned_data
    rows = log.shares(told["first"], told["last"], told["partner"]) if good else []
    page = paged(request, rows, 50)
    found = list(page.object_list)
    opened = log.openings(found)
    told_rows = [(row, log.who(row), opened.get(row.pk, (0, None))[0]) for row in found]
    shown = {"form": form, "page": page, "rows": told_rows}
    return render(request, "partners/desk/log.html", shown, status=200 if good else 422)


@never_cache
@require_POST
@desk_required(READ)
def export(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same as CSV; it is noted in the audit log."""
    form = LogForm(request.POST)
    if not form.is_valid():
        page = {"form": form, "page": paged(request, [], 50), "rows": []}
        return render(request, "partners/desk/log.html", page, status=422)
    told = form.cleaned_data
    audit.record(
        action="partners.log_exported", target=told["partner"] or "all",
        after={"first": str(told["first"]), "last": str(told["last"])},
    )  # fmt: skip
    name = f"berbagi-data-{told['first']:%Y%m%d}-{told['last']:%Y%m%d}.csv"
    rows = log.shares(told["first"], told["last"], told["partner"])
    return csv_out.response(name, chain([[str(one) for one in log.COLUMNS]], log.lines(rows)))
