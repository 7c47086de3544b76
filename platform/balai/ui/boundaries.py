"""The region's kecamatan as shapes light enough for a page, and as GeoJSON for the pin's map."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from balai import context
from balai.directory.models import Area
from balai.ui import geometry
from balai.ui.maps import AreaValue

# Degrees, about 25 metres: right for a kecamatan on a phone, with a tenth of the points.
TOLERANCE: Final = 0.00023
SECONDS: Final = 300

Shape = dict[str, Any]


def area_values(
    values: Mapping[str, float | None], *, url_for: Callable[[str], str] | None = None
) -> list[AreaValue]:
    """Return every kecamatan with its number, ready for :func:`balai.ui.maps.area_map`.

    Args:
        values: numbers by the kecamatan's code; one that is missing counts as 0, None stays
            without a number.
        url_for: gives the address an area leads to, from its code.
    """
    return [
        AreaValue(
            code=shape["code"],
            name=shape["name"],
            value=values.get(shape["code"], 0),
            boundary=shape["geometry"],
            centroid=shape["centroid"],
            url=url_for(shape["code"]) if url_for else "",
        )
        for shape in shapes()
    ]


def shapes() -> list[Shape]:
    """Return code, name, simplified boundary or None, and centroid or None of each kecamatan.

    Kept in the cache until a boundary changes (1 query), at most five minutes.
    """
    found: list[Shape] | None = cache.get(key := f"boundaries:{_version()}")
    if found is None:
        found = [_shape(area) for area in _districts()]
        cache.set(key, found, SECONDS)
    return found


def _etag(request: HttpRequest) -> str | None:
    if context.region_or_none() is None:
        return None
    return f'"{hashlib.sha256(_version().encode()).hexdigest()[:16]}"'


@require_safe
@cache_control(public=True, max_age=SECONDS)
@condition(etag_func=_etag)
def geojson(request: HttpRequest) -> HttpResponse:
    """The drawn kecamatan as a FeatureCollection; empty when none was uploaded."""
    if context.region_or_none() is None:
        raise Http404
    features = [
        {
            "type": "Feature",
            "properties": {"code": shape["code"], "name": shape["name"]},
            "geometry": shape["geometry"],
        }
        for shape in shapes()
        if shape["geometry"]
    ]
    body = {"type": "FeatureCollection", "features": features}
    return JsonResponse(body, content_type="application/geo+json")


def _districts() -> list[Area]:
    return list(Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("code"))


def _version() -> str:
    facts = Area.objects.filter(kind=Area.Kind.DISTRICT).aggregate(
        changed=Max("boundary_changed_at"), count=Count("pk"), last=Max("pk")
    )
    return f"{facts['changed']}-{facts['count']}-{facts['last']}".replace(" ", "_")


def _shape(area: Area) -> Shape:
    centroid = (
        (area.latitude, area.longitude)
        if area.latitude is not None and area.longitude is not None
        else None
    )
    rings = (geometry.simplified(ring, TOLERANCE) for ring in geometry.rings(area.boundary))
    coordinates = [[[list(point) for point in ring]] for ring in rings if len(ring) > 3]
    drawn = {"type": "MultiPolygon", "coordinates": coordinates} if coordinates else None
    return {"code": area.code, "name": area.name, "geometry": drawn, "centroid": centroid}
