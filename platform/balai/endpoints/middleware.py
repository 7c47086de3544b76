"""Enforces the table of states and endpoints, before any view of a region runs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from balai import context
from balai.endpoints import policy
from balai.endpoints.classes import Endpoint
from balai.endpoints.classify import classify
from balai.endpoints.policy import Access, StoppedError
from balai.modules import registry
from balai.modules.gate import split
from balai.ui import stopped


class EndpointMiddleware:
    """Answer a request that the region's state has stopped with a page that says why.

    Fails closed: a route without a class is a programming error, and raises.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Let the request pass, or refuse it."""
        region, match = context.region_or_none(), request.resolver_match
        if region is None or match is None:
            return None
        endpoint = classify(
            route=match.route, app_names=match.app_names, url_name=match.url_name, view=view,
            method=str(request.method), kwargs=match.kwargs,
        )  # fmt: skip
        allowed = policy.access(region.state, endpoint)
        if not policy.refuses(allowed, str(request.method)) or _is_off(match.app_names):
            return None
        return _refuse(request, region, endpoint, allowed)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a service's :func:`balai.endpoints.require` like a stopped route."""
        region = context.region_or_none()
        if region is None or not isinstance(error, StoppedError):
            return None
        return _refuse(request, region, error.endpoint, error.allowed)


def _is_off(app_names: Iterable[str]) -> bool:
    """Tell whether the route's module is switched off: the gate says 404, and nothing of it."""
    return any(registry.is_off(split(name)[0]) for name in app_names)


def _refuse(
    request: HttpRequest, region: context.Region, endpoint: Endpoint, allowed: Access
) -> HttpResponse:
    return stopped.page(
        request,
        state=region.state,
        endpoint=endpoint,
        status=policy.status(region.state, allowed),
    )
