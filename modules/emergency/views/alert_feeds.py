"""Alerts for other programs: Atom (RFC 4287), CAP 1.2, GeoJSON (RFC 7946); fixed addresses."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from balai import context
from modules.emergency import alert_looks, drawing
from modules.emergency.cap.building import CONTENT_TYPE
from modules.emergency.models import Alert
from modules.emergency.selectors import alerts, places
from modules.emergency.services import alert_messages
from modules.emergency.views.alerts_public import index

ENTRIES = 100
SECONDS = 15
YEAR = 365 * 24 * 3600

page = index
"""The citizens' page, at the short address that is printed and spoken."""


@require_safe
@cache_control(public=True, max_age=SECONDS)
@vary_on_headers("Accept-Language", "Cookie")
@conditional_page
def atom(request: HttpRequest) -> HttpResponse:
    """Every message of the last thirty days, the newest first, each with its CAP document."""
    region = context.current_region()
    home = region.base_url + reverse("emergency:alerts")
    feed = Atom1Feed(
        title=_("Alerts of %(name)s") % {"name": region.name},
        link=home,
        description="",
        language=get_language(),
        feed_url=region.base_url + request.path,
        feed_guid=region.base_url + request.path,
        author_name=region.name,
    )
    for alert in alerts.for_feed(timezone.now())[:ENTRIES]:
        _add(feed, alert)
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer


@csrf_exempt
@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def document(request: HttpRequest, alert: UUID) -> HttpResponse:
    """One message as CAP 1.2, byte for byte as it was sent."""
    found = get_object_or_404(alerts.sent().defer(None), uuid=alert)
    return HttpResponse(
        found.document, content_type=CONTENT_TYPE, headers={"Access-Control-Allow-Origin": "*"}
    )


@require_safe
@cache_control(public=True, max_age=SECONDS)
@vary_on_headers("Accept-Language", "Cookie")
@conditional_page
def geojson(request: HttpRequest) -> HttpResponse:
    """What is in force, as shapes; an alert whose area nobody has drawn has no geometry."""
    found = alerts.in_force(timezone.now())[:ENTRIES]
    body = {"type": "FeatureCollection", "features": [_feature(alert) for alert in found]}
    headers = {"Access-Control-Allow-Origin": "*"}
    return JsonResponse(body, content_type="application/geo+json", headers=headers)


def cap_address(alert: Alert) -> str:
    """Return the stable address of an alert's CAP document."""
    path = reverse("emergency_root:cap", args=[alert.uuid])
    return context.current_region().base_url + path


def _add(feed: Atom1Feed, alert: Alert) -> None:
    told = alert_looks.texts(alert)
    text = "\n".join(part for part in (told.get("description"), told.get("instruction")) if part)
    address = context.current_region().base_url + reverse("emergency:alert", args=[alert.uuid])
    feed.add_item(
        title=alert_looks.titled(alert),
        link=address,
        description=linebreaksbr(text),  # readers take it for HTML
        unique_id=f"urn:uuid:{alert.uuid}",
        pubdate=alert.sent_at,
        updateddate=alert.sent_at,
        categories=[alert.category],
        enclosures=[Enclosure(cap_address(alert), "0", CONTENT_TYPE)],
    )


def _feature(alert: Alert) -> dict[str, Any]:
    told = alert_looks.texts(alert)
    circles = [drawing.ring_of(tuple(circle)) for circle in alert.circles]
    rings = [*alert.polygons, *circles, *places.outlines(alert.areas)]
    shapes = [[[[lng, lat] for lat, lng in ring]] for ring in rings]
    return {
        "type": "Feature",
        "id": alert.identifier,
        "geometry": {"type": "MultiPolygon", "coordinates": shapes} if shapes else None,
        "properties": {
            **{name: told.get(name, "") for name in ("event", "headline", "instruction")},
            **{name: getattr(alert, name) for name in ("severity", "urgency")},
            "status": alert_messages.status(alert),
            "area": alert.area_name,
            "sent": alert.sent_at.isoformat() if alert.sent_at else None,
            "expires": alert.expires_at.isoformat(),
            "cap": cap_address(alert),
        },
    }
