"""The three answers for machines: ``/healthz``, ``/readyz``, ``/metrics``."""

import ipaddress
from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare

from balai.health import metrics
from balai.health.probes import Status, ask_all, worst

FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP")


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing is asked, so it also answers without a database."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether this process may get requests: 200, or 503 when the database is away.

    "degraded" is 200: reports and 112 are taken while the cache or the broker is away. Details
    are for whoever may read the metrics.
    """
    probes = ask_all()
    status = worst(probes.values())
    open_book = may_see_details(request)
    said = {
        name: {"status": probe.status.word, **(probe.detail if open_book else {})}
        for name, probe in probes.items()
    }
    code = 503 if status is Status.DOWN else 200
    return JsonResponse({"status": status.word, "checks": said}, status=code)


def metrics_page(request: HttpRequest) -> HttpResponse:
    """Return Prometheus' text format: for this machine itself, or with METRICS_TOKEN."""
    if not may_see_details(request):
        return HttpResponse("Send Authorization: Bearer <METRICS_TOKEN>.\n", status=403)
    body, content_type = metrics.exposition()
    return HttpResponse(body, content_type=content_type)


def may_see_details(request: HttpRequest) -> bool:
    """Tell whether the request comes from this machine itself, or carries METRICS_TOKEN."""
    return is_trusted_machine(request, getattr(settings, "METRICS_TOKEN", ""))


def is_trusted_machine(request: HttpRequest, token: str) -> bool:
    """Tell whether the request comes from this machine itself, or carries ``token`` as bearer.

    A proxy on this machine is not this machine's own question: it sets a forwarding header.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and constant_time_compare(given, token):
        return True
    if any(header in request.headers for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


PAGES: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {
    "/healthz": healthz,
    "/readyz": readyz,
    "/metrics": metrics_page,
}
