"""The province's view: what its regions share, and no case."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from balai import audit, csv_out
from balai.directory import reference
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who
from provisioning.sharing import province as figures


@page("province")
@require_safe
def province(request: HttpRequest, who: Who) -> HttpResponse:
    """Show the province's regions with their figures."""
    place = _place(request, who)
    lines = figures.rows(place.code)
    shown = {
        "who": who,
        "place": place,
        "provinces": [] if who.province else reference.provinces(),
        "columns": figures.columns(),
        "sharing": [row for row in lines if row.shares],
        "silent": [row for row in lines if not row.shares],
        "here": "province",
    }
    return render(request, "provisioning/operations/province.html", shown)


@page("province")
@require_safe
def export(request: HttpRequest, who: Who) -> HttpResponseBase:
    """Hand the same table out as CSV."""
    place = _place(request, who)
    audit.record(action="figures.exported", target=place.code)
    return csv_out.response(f"balai-{place.code}.csv", figures.table(place.code))


def _place(request: HttpRequest, who: Who) -> Any:
    """Return the account's own province; only who has none may choose."""
    code = who.province or request.GET.get("code") or reference.provinces()[0].code
    place = reference.find(code)
    if not isinstance(place, reference.Province):
        raise Http404
    return place
