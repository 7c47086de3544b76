"""Gives bare refusals a page: Django's own 405, 413, 429 and 503 come without a body."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from balai.ui import errors

BARE = frozenset({405, 413, 429, 503})
KEPT = ("Allow", "Retry-After")


class ErrorPageMiddleware:
    """Replace an empty refusal by the region's page; the API and downloads are left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in BARE or response.streaming or response.content:
            return response
        page = errors.page(request, response.status_code)
        for name in KEPT:
            if name in response:
                page[name] = response[name]
        return page
