"""Which area a point lies in, asked of the boundaries that the region has uploaded."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any, Final

import shapely
from django.db.models import Count, Max, Q
from shapely import STRtree
from shapely.geometry import shape

from balai import context
from balai.directory.models import Area

# About 60 m: boundaries are simplified, and a report from the edge is not from elsewhere.
EDGE: Final = 0.00055
MAX_REGIONS: Final = 24

Version = tuple[datetime | None, int, int]


@dataclass(frozen=True, slots=True)
class _Level:
    tree: STRtree
    ids: Sequence[int]

    def at(self, point: shapely.Point) -> int | None:
        hits = self.tree.query(point, predicate="intersects")
        if len(hits):
            return self.ids[int(min(hits))]
        near = self.tree.query_nearest(point, max_distance=EDGE)
        return self.ids[int(near[0])] if len(near) else None


@dataclass(frozen=True, slots=True)
class _Index:
    villages: _Level
    districts: _Level
    complete: bool


class Finder:
    """Where many points lie: the boundaries are looked for once, then no point costs a query."""

    def __init__(self, index: _Index) -> None:
        self._index = index

    def area_id(self, latitude: float, longitude: float) -> int | None:
        """Return the id of the village at a point, else of its kecamatan, else None."""
        point = shapely.Point(longitude, latitude)
        return self._index.villages.at(point) or self._index.districts.at(point)

    def outside(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point is known to lie outside the region."""
        return self._index.complete and self.area_id(latitude, longitude) is None


_indexes: OrderedDict[tuple[str, Version], _Index] = OrderedDict()
_lock = Lock()


def locate(latitude: float, longitude: float) -> Area | None:
    """Return the village at a point, else its kecamatan, else None (2 queries).

    A point within about 60 m of a boundary counts as inside. Without boundaries: None.
    """
    index = _index()
    point = shapely.Point(longitude, latitude)
    found = index.villages.at(point) or index.districts.at(point)
    if found is None:
        return None
    return Area.objects.select_related("parent").defer("boundary", "parent__boundary").get(pk=found)


def outside_region(latitude: float, longitude: float) -> bool | None:
    """Tell whether a point lies outside the region (1 query).

    Returns:
        None when nobody can say: the region has no boundaries, or not of every kecamatan.
    """
    index = _index()
    point = shapely.Point(longitude, latitude)
    if index.villages.at(point) is not None or index.districts.at(point) is not None:
        return False
    return True if index.complete else None


def finder() -> Finder:
    """Return what answers for many points with the boundaries as they are now (1 query)."""
    return Finder(_index())


def _index() -> _Index:
    key = (context.current_region().schema, _version())
    with _lock:
        if key in _indexes:
            _indexes.move_to_end(key)
            return _indexes[key]
    index = _build()
    with _lock:
        for old in [known for known in _indexes if known[0] == key[0]]:
            del _indexes[old]
        _indexes[key] = index
        while len(_indexes) > MAX_REGIONS:
            _indexes.popitem(last=False)
    return index


def _version() -> Version:
    found = Area.objects.aggregate(
        changed=Max("boundary_changed_at"),
        drawn=Count("id", filter=Q(boundary__isnull=False)),
        areas=Count("id"),
    )
    return found["changed"], found["drawn"], found["areas"]


def _build() -> _Index:
    rows = list(
        Area.objects.filter(boundary__isnull=False)
        .order_by("id")
        .values_list("id", "kind", "boundary")
    )
    drawn = {pk for pk, _, _ in rows}
    return _Index(
        villages=_level({pk: area for pk, kind, area in rows if kind == Area.Kind.VILLAGE}),
        districts=_level({pk: area for pk, kind, area in rows if kind == Area.Kind.DISTRICT}),
        complete=_covers_all(drawn),
    )


def _level(boundaries: Mapping[int, Any]) -> _Level:
    shapes = [shape(boundary) for boundary in boundaries.values()]
    shapely.prepare(shapes)
    return _Level(STRtree(shapes), list(boundaries))


def _covers_all(drawn: set[int]) -> bool:
    """Tell whether every kecamatan is drawn, itself or by all of its villages."""
    districts: dict[int, list[int]] = {}
    for pk, kind, parent in Area.objects.values_list("id", "kind", "parent_id"):
        if kind == Area.Kind.DISTRICT:
            districts.setdefault(pk, [])
        elif parent:
            districts.setdefault(parent, []).append(pk)
    return bool(districts) and all(
        pk in drawn or (villages and drawn.issuperset(villages))
        for pk, villages in districts.items()
    )
