"""The budget for programs: every line as CSV, described as a Fiscal Data Package."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from balai import csv_out
from balai.context import current_region
from modules.budget import fiscal
from modules.budget.selectors import opened
from modules.budget.selectors.shown import Shown
from modules.budget.views import asked

SECONDS = 300


@require_safe
@cache_control(public=True, max_age=SECONDS)
def lines_csv(request: HttpRequest) -> HttpResponseBase:
    """Give every line of a published state, of the newest one unless ``year`` or ``date`` say."""
    shown = asked.shown(request)
    rows: Iterable[Any] = opened.rows(shown.snapshot) if shown else ()
    response = csv_out.response(_name(shown), chain((opened.COLUMNS,), rows))
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
@cache_control(public=True, max_age=SECONDS)
def datapackage(request: HttpRequest) -> HttpResponseBase:
    """Describe the same table as a Fiscal Data Package."""
    shown, region = asked.shown(request), current_region()
    path = f"{region.base_url}{reverse('budget:csv')}"
    if shown is not None:
        path += f"?year={shown.snapshot.year}&date={shown.snapshot.as_of.isoformat()}"
    package = fiscal.descriptor(
        title=_("Budget of %(region)s") % {"region": region.name}, region=region.code, path=path,
        homepage=f"{region.base_url}{reverse('budget:index')}",
        snapshot=shown.snapshot if shown else None,
    )  # fmt: skip
    response = JsonResponse(package, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _name(shown: Shown | None) -> str:
    return f"budget-{shown.snapshot.as_of:%Y%m%d}.csv" if shown else "budget.csv"
