"""Open311's addresses, at the root of the region's site: /open311/v2/."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse
from django.urls import URLPattern, path

from modules.complaints.open311 import discovery, posting, requests, services
from modules.complaints.open311.endpoint import endpoint, nothing
from modules.complaints.open311.rendering import JSON, XML

View = Callable[..., HttpResponse]

DISCOVERY = endpoint(GET=discovery.discovery)
ADDRESSES: tuple[tuple[str, View, str], ...] = (
    ("discovery", DISCOVERY, "discovery"),
    ("services", endpoint(GET=services.listing), "services"),
    ("services/<str:code>", endpoint(GET=services.definition), "service"),
    ("requests", endpoint(GET=requests.listing, POST=posting.create), "requests"),
    ("requests/<str:number>", endpoint(GET=requests.single), "request"),
    ("tokens/<str:token>", endpoint(GET=requests.token), "token"),
    ("servicerequestupdates", endpoint(GET=requests.updates), "updates"),
)


def _in_both_formats() -> Iterator[URLPattern]:
    for address, view, name in ADDRESSES:
        for form in (XML, JSON):
            yield path(f"{address}.{form}", view, {"form": form}, name=f"{name}-{form}")


urlpatterns = [
    path("", DISCOVERY, name="discovery"),
    *_in_both_formats(),
    path("<path:rest>", nothing, name="nothing"),
]
