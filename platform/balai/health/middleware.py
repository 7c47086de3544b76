"""Answers the machines' questions before any host is looked at, and counts the rest."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from balai.health import metrics
from balai.health.views import PAGES

GetResponse = Callable[[HttpRequest], HttpResponse]


class HealthMiddleware:
    """First of all: a load balancer asks by address, which is no region's host."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or let the rest of Balai answer and count it."""
        page = PAGES.get(request.path_info)
        if page is None:
            return self._counted(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        response = page(request)
        response["Cache-Control"] = "no-store"
        return response

    def _counted(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        metrics.count(request, response.status_code, time.perf_counter() - began)
        return response
