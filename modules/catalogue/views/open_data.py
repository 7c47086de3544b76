"""The list of apps for programs: what citizens see, and what it costs."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from balai import csv_out
from modules.catalogue import showing
from modules.catalogue.models import App
from modules.catalogue.selectors import public


@require_safe
def apps_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the citizens' apps as CSV."""
    return csv_out.response("apps.csv", _rows())


@require_safe
def apps_json(request: HttpRequest) -> JsonResponse:
    """Give the citizens' apps as JSON."""
    return JsonResponse({"apps": [showing.facts(app) for app in _apps()]})


def _apps() -> Iterator[App]:
    return public.visible(None).order_by("pk").iterator(chunk_size=500)


def _rows() -> Iterator[list[Any]]:
    yield list(showing.COLUMNS)
    for app in _apps():
        facts = showing.facts(app)
        yield [facts[name] for name in showing.COLUMNS]
