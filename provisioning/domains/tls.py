"""The proxy's question before it fetches a certificate: does this name belong here?

``GET /internal/tls-allowed?domain=``: 200 for the apex, platform addresses and trusted own
domains, 403 for all others. It is answered before any host is looked at, for this machine
itself or with ``BALAI_TLS_TOKEN`` as bearer. Of every own domain it is noted, at most once an
hour, that visitors reach it by HTTPS.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone

from balai import context
from balai.health.views import is_trusted_machine
from provisioning.models import OwnDomain
from tenants import directory, hosts
from tenants.states import WORKING

PATH: Final = "/internal/tls-allowed"
PER_MINUTE: Final = 300
HOUR: Final = 3600


class CertificateMiddleware:
    """Answers :data:`PATH`, and notes own domains that were reached by HTTPS."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the proxy, or let the rest answer and note HTTPS."""
        if request.path_info == PATH:
            return _answer(request)
        response = self.get_response(request)
        if request.is_secure():
            _note(request)
        return response


def allowed(name: str) -> bool:
    """Tell whether a certificate may be fetched for ``name``; no query when it is known."""
    try:
        host = hosts.normalise_name(name)
    except hosts.BadHostError:
        return False
    apex = hosts.apex().name
    if host in {apex, f"www.{apex}"}:
        return True
    region = directory.by_host(host)
    return region is not None and region.state in WORKING


def _answer(request: HttpRequest) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not is_trusted_machine(request, settings.TLS_TOKEN):
        return HttpResponse("Send Authorization: Bearer <BALAI_TLS_TOKEN>.\n", status=403)
    if _too_often():
        return HttpResponse("too many\n", status=429, headers={"Retry-After": "60"})
    known = allowed(request.GET.get("domain", ""))
    answer = HttpResponse("yes\n" if known else "no\n", status=200 if known else 403)
    answer["Cache-Control"] = "no-store"
    return answer


def _too_often() -> bool:
    """Count the questions of this minute: an attacker's invented names must not cost queries."""
    store, key = caches["global"], f"tls_asked:{timezone.now():%H%M}"
    store.add(key, 0, timeout=120)
    try:
        count: int = store.incr(key)
    except ValueError:  # the cache is away, or the minute has just turned
        return False
    return count > PER_MINUTE


def _note(request: HttpRequest) -> None:
    try:
        name = hosts.normalise(request.META.get("HTTP_HOST", "")).name
    except hosts.BadHostError:
        return
    apex = hosts.apex().name
    region = None if name == apex or name.endswith(f".{apex}") else directory.by_host(name)
    if region is None:
        return
    if caches["global"].add(f"tls_seen:{name}", 1, timeout=HOUR):
        with context.platform():
            OwnDomain.objects.filter(name=name, region_id=region.id).update(
                https_seen_at=timezone.now()
            )
