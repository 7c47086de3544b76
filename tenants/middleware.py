"""From the Host header to an active region, and back to nothing when the request is over."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from balai import context
from balai.request import chosen_language
from balai.ui import errors, stopped
from tenants import directory, hosts, pausing, streaming
from tenants.states import WORKING, State

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
# What the pages about a missing or closed city are made of.
FACE = ("/theme.css", "/icons/")


class RegionMiddleware:
    """Set ``request.region`` and the context; refuse hosts that are nobody's.

    ``ALLOWED_HOSTS`` is ["*"] because this comes first. Only the Host header counts, never
    X-Forwarded-Host; its spelling is mended before anything else reads it. Of a closed region
    nothing may run any more; what the other states stop is ``balai.endpoints``' affair.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in its region; the context is empty again afterwards."""
        response = self._answer(request)
        patch_vary_headers(response, ["Host"])
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        request.region = None  # type: ignore[attr-defined]  # read by views and templates
        try:
            host = hosts.normalise(request.META.get("HTTP_HOST", ""))
        except hosts.BadHostError:
            return _page(request, "bad_host", status=400)
        request.META["HTTP_HOST"] = str(host)
        apex = hosts.apex()
        if host.name == apex.name:
            return self._on_platform(request)
        if host.name == f"www.{apex.name}":
            return _moved(request, f"{settings.PUBLIC_SCHEME}://{apex}")
        region = directory.by_host(host.name)
        if region is None and not _is_face(request):
            return _unknown(request, host)
        return self._in_region(request, host, region) if region else self._on_platform(request)

    def _on_platform(self, request: HttpRequest) -> HttpResponseBase:
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        return self._run(request, context.PLATFORM)

    def _in_region(
        self, request: HttpRequest, host: hosts.Host, region: context.Region
    ) -> HttpResponseBase:
        if region.state == State.CLOSED and not _is_face(request):
            return _closed(request, region)
        if region.state not in WORKING | {State.CLOSED}:
            return _unknown(request, host)
        if region.host and host.name != hosts.normalise(region.host).name and _is_read(request):
            return _moved(request, region.base_url)
        settled = pausing.settled(request, host.name, region)
        if settled is None:
            return self._come_back(request, region)
        request.region = settled  # type: ignore[attr-defined]  # read by views and templates
        return self._run(request, settled)

    def _come_back(self, request: HttpRequest, region: context.Region) -> HttpResponseBase:
        with context.region_context(region), translation.override(chosen_language(request)):
            return errors.unavailable(request, text=pausing.RegionMovingError.text)

    def _run(self, request: HttpRequest, active: context.Context) -> HttpResponseBase:
        token = context.activate(active)
        try:
            response = self.get_response(request)
        finally:
            context.deactivate(token)
        streaming.carry(response, active)
        return response


def _is_read(request: HttpRequest) -> bool:
    return request.method in {"GET", "HEAD"}


def _moved(request: HttpRequest, base_url: str) -> HttpResponse:
    if not _is_read(request):
        return _page(request, "bad_host", status=400)
    return HttpResponseRedirect(base_url + request.get_full_path())


def _is_face(request: HttpRequest) -> bool:
    return _is_read(request) and request.path.startswith(FACE)


def _closed(request: HttpRequest, region: context.Region) -> HttpResponse:
    if request.path.startswith(API):
        with translation.override(chosen_language(request)):
            return stopped.problem(region.state, _("This site has closed"), 410)
    return _page(request, "closed_region", status=410, active=region, region=region)


def _unknown(request: HttpRequest, host: hosts.Host) -> HttpResponse:
    return _page(request, "unknown_host", status=404, host=host.name)


def _page(
    request: HttpRequest,
    name: str,
    *,
    status: int,
    active: context.Context = context.PLATFORM,
    **values: object,
) -> HttpResponse:
    templates = [f"balai/{name}.html", f"tenants/{name}.html"]
    values["apex_url"] = f"{settings.PUBLIC_SCHEME}://{hosts.apex()}"
    token = context.activate(active)
    try:
        with translation.override(chosen_language(request)):
            return HttpResponse(render_to_string(templates, values, request), status=status)
    finally:
        context.deactivate(token)
