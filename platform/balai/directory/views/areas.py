"""The region's areas and their maps."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.accounts.guards import console_required
from balai.directory import selectors
from balai.directory.models import Area
from balai.ui.maps import AreaValue, area_map


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the kecamatan, with a map."""
    districts = selectors.districts()
    context = {
        "districts": districts,
        "villages": sum(district.villages for district in districts),
        "drawn": sum(district.drawn for district in districts),
        "shapes": all(district.area.boundary for district in districts),
        "map": area_map(
            [_value(district.area, district.villages) for district in districts],
            title=_("Kecamatan and their number of villages"),
            unit=_("villages"),
        )
        if districts
        else "",
        "applied": selectors.latest_import(),
    }
    return render(request, "directory/areas.html", context)


@console_required
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kecamatan with its villages, or one village."""
    try:
        area = selectors.area(code)
    except Area.DoesNotExist:
        raise Http404 from None
    villages = list(selectors.villages_of(area))
    shown = [entry for entry in villages if entry.boundary] or ([area] if area.boundary else [])
    context = {
        "area": area,
        "villages": villages,
        "map": area_map([_value(entry) for entry in shown], title=area.label) if shown else "",
    }
    return render(request, "directory/area.html", context)


def _value(area: Area, value: float | None = None) -> AreaValue:
    place = (
        None if area.latitude is None or area.longitude is None else (area.latitude, area.longitude)
    )
    return AreaValue(
        code=area.code,
        name=area.name,
        value=value,
        boundary=area.boundary,
        centroid=place,
        url=reverse("directory_console:area", args=[area.code]),
    )


def preview(features: Iterable[tuple[str, dict[str, object]]], names: dict[str, str]) -> str:
    """Return the map of an upload; beyond sixty areas names would cover each other."""
    drawn = list(features)
    named = len(drawn) <= 60
    return area_map(
        [
            AreaValue(code=code, name=names.get(code, "") if named else "", boundary=geometry)
            for code, geometry in drawn
        ],
        title=_("Boundaries in the file"),
    )
