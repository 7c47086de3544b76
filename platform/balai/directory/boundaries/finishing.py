"""Make boundaries small without tearing neighbours apart, and write them as GeoJSON."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry import mapping

from balai.directory.boundaries.matching import Match
from balai.directory.boundaries.reading import Area2D, polygons

# Degrees; 0.00005 is about 5 m. The first tolerance whose result is small enough is used.
TOLERANCES: Final = (0.00005, 0.0001, 0.0002, 0.0004)
MAX_POINTS: Final = 40_000
GRID: Final = 0.00001


@dataclass(frozen=True, slots=True)
class Finished:
    """A boundary ready to be stored: GeoJSON, and a point that surely lies inside."""

    geometry: dict[str, Any]
    latitude: float
    longitude: float


def finish(matches: Iterable[Match]) -> dict[str, Finished]:
    """Return one boundary per area code; features of the same area are joined.

    Borders that two areas share stay shared: they are simplified once, together.
    """
    joined = _joined(matches)
    if not joined:
        return {}
    small = _simplified(list(joined.values()))
    return {code: finished(shape) for code, shape in zip(joined, small, strict=True)}


def _joined(matches: Iterable[Match]) -> dict[str, Area2D]:
    parts: dict[str, list[Area2D]] = defaultdict(list)
    for entry in matches:
        parts[entry.code].append(entry.shape.geometry)
    return {
        code: pieces[0] if len(pieces) == 1 else polygons(shapely.union_all(pieces))
        for code, pieces in sorted(parts.items())
    }


def _simplified(shapes: list[Area2D]) -> list[Area2D]:
    for tolerance in TOLERANCES:
        coarse = shapely.coverage_simplify(shapes, tolerance)
        if sum(shapely.get_num_coordinates(shape) for shape in coarse) <= MAX_POINTS:
            break
    return [_kept(shape, whole) for shape, whole in zip(coarse, shapes, strict=True)]


def _kept(coarse: Any, whole: Area2D) -> Area2D:
    """Return ``coarse`` on the grid of five decimals, or ``whole`` where too little is left."""
    rounded = shapely.set_precision(coarse, GRID)
    if rounded.is_empty or rounded.area < whole.area * 0.9:
        rounded = whole
    return polygons(rounded)


def finished(shape: Area2D) -> Finished:
    """Return a valid shape as it is stored."""
    centre = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return Finished(_geojson(shape), round(centre.y, 6), round(centre.x, 6))


def _geojson(shape: Area2D) -> dict[str, Any]:
    found: Mapping[str, Any] = mapping(shape)
    return {"type": found["type"], "coordinates": _rounded(found["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 5)
    return [_rounded(part) for part in value]
