"""The region's areas as shapes: which kecamatan an alert's area meets, and outlines for CAP."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from django.db.models import Count, Max, Q
from shapely import Point as Dot, intersects, make_valid, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from balai import context
from balai.directory.models import Area
from modules.emergency import drawing
from modules.emergency.cap import Bounds, Ring

MARGIN: Final = 0.5
MAX_REGIONS: Final = 24

Version = tuple[str, Any, int, int]


@dataclass(frozen=True, slots=True)
class Districts:
    """Every kecamatan: code, name, its shape (None where nobody drew it) and its middle."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: tuple[BaseGeometry | None, ...]
    middles: tuple[Dot | None, ...]

    @property
    def drawn(self) -> bool:
        """Whether all of them have a boundary."""
        return bool(self.shapes) and all(item is not None for item in self.shapes)

    def met_by(self, shapes: Sequence[BaseGeometry]) -> list[str]:
        """Return the codes of those that one of ``shapes`` meets; by their middle if not drawn."""
        found = []
        for code, outline, middle in zip(self.codes, self.shapes, self.middles, strict=True):
            place = outline if outline is not None else middle
            if place is not None and shapes and intersects(place, shapes).any():
                found.append(code)
        return found

    def bounds(self) -> Bounds | None:
        """Return the region's box and half a degree around it; None when nothing is drawn."""
        known = [item.bounds for item in self.shapes if item is not None]
        if not known:
            return None
        west, south = min(b[0] for b in known) - MARGIN, min(b[1] for b in known) - MARGIN
        east, north = max(b[2] for b in known) + MARGIN, max(b[3] for b in known) + MARGIN
        return Bounds(south, west, north, east)


_kept: OrderedDict[Version, Districts] = OrderedDict()
_lock = Lock()


def districts() -> Districts:
    """Return the region's kecamatan (1 query; one more when a boundary has changed)."""
    version = _version()
    with _lock:
        if version in _kept:
            _kept.move_to_end(version)
            return _kept[version]
    found = _read()
    with _lock:
        for old in [key for key in _kept if key[0] == version[0]]:
            del _kept[old]
        _kept[version] = found
        while len(_kept) > MAX_REGIONS:
            _kept.popitem(last=False)
    return found


def touched(*, areas: Sequence[str], polygons: Any, circles: Any) -> list[str]:
    """Return the codes of the kecamatan an alert is for; all of them when nobody can tell.

    Whoever draws a shape in a region without boundaries warns everybody: better than nobody.

    Args:
        areas: codes of kecamatan and of kelurahan, whose first eight characters are their
            kecamatan's.
    """
    known = districts()
    chosen = {code[:8] for code in areas}
    if polygons or circles:
        drawn = drawing.parts(polygons, circles)
        chosen |= set(known.met_by(drawn)) if known.drawn else set(known.codes)
    return [code for code in known.codes if code in chosen]


def outlines(codes: Sequence[str]) -> list[Ring]:
    """Return the outer rings of the areas with these codes, where they are drawn (1 query)."""
    rows = Area.objects.filter(code__in=codes, boundary__isnull=False).order_by("code")
    return [
        ring for row in rows for ring in drawing.rings(shape(row.boundary).simplify(drawing.FINE))
    ]


def _version() -> Version:
    facts = Area.objects.filter(kind=Area.Kind.DISTRICT).aggregate(
        changed=Max("boundary_changed_at"), count=Count("pk"),
        drawn=Count("pk", filter=Q(boundary__isnull=False)),
    )  # fmt: skip
    schema = context.current_region().schema
    return (schema, facts["changed"], facts["count"], facts["drawn"])


def _read() -> Districts:
    rows = list(Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("code"))
    shapes = [make_valid(shape(row.boundary)) if row.boundary else None for row in rows]
    for item in shapes:
        if item is not None:
            prepare(item)
    return Districts(
        codes=tuple(row.code for row in rows),
        names=tuple(row.name for row in rows),
        shapes=tuple(shapes),
        middles=tuple(
            Dot(row.longitude, row.latitude)
            if row.latitude is not None and row.longitude is not None
            else None
            for row in rows
        ),
    )
