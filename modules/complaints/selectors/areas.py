"""Where a report can be: kecamatan, kelurahan or desa, and which of them holds a point."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balai.context import current_region
from balai.directory.locate import locate as find_area, outside_region
from balai.directory.models import Area
from balai.ui.maps import AreaValue

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a point. ``words`` say what to do when it lies outside the region."""

    area: Area | None = None
    outside: bool = False
    words: str = ""


def districts() -> list[Area]:
    """Return the region's kecamatan by name."""
    areas = Area.objects.filter(kind=Area.Kind.DISTRICT).defer("boundary")
    return list(areas.order_by("name"))


def villages(district: int) -> list[Area]:
    """Return the kelurahan and desa of a kecamatan by name."""
    areas = Area.objects.filter(kind=Area.Kind.VILLAGE, parent_id=district).defer("boundary")
    return list(areas.select_related(None).order_by("name"))


def on_map(
    counts: Mapping[int, int], *, link: Callable[[int], str] | None = None
) -> list[AreaValue]:
    """Return the kecamatan with their numbers, for ``balai.ui.maps``; one query."""
    return [
        AreaValue(
            code=area.code,
            name=area.name,
            value=counts.get(area.pk, 0),
            boundary=area.boundary,
            centroid=_centre(area),
            url=link(area.pk) if link else "",
        )
        for area in Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("code")
    ]


def by_code(code: str) -> Area | None:
    """Return the area with this Kemendagri code, or None."""
    return Area.objects.filter(code=code).select_related("parent").defer("boundary").first()


def locate(pin: Point) -> Place:
    """Return what the region's boundaries say of a point (latitude, longitude)."""
    if outside_region(*pin):
        words = _("This point lies outside %(region)s.") % {"region": current_region().name}
        return Place(outside=True, words=words)
    return Place(area=find_area(*pin))


def _centre(area: Area) -> Point | None:
    if area.latitude is None or area.longitude is None:
        return None
    return area.latitude, area.longitude
