"""Boundaries as flat shapes: rings of GeoJSON, a projection that fits a box, and simplification."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular around the middle latitude: true enough for one region on one screen."""

    west: float
    north: float
    squeeze: float
    scale: float
    left: float
    top: float

    def flat(self, longitude: float, latitude: float) -> Point:
        """Return a place's (x, y) in the box, y downwards."""
        x = self.left + (longitude - self.west) * self.squeeze * self.scale
        y = self.top + (self.north - latitude) * self.scale
        return x, y


def fit(points: Iterable[Point], width: float, height: float, margin: float) -> Projection:
    """Return the projection that puts all (longitude, latitude) into the box's middle."""
    places = list(points)
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, tall = (east - west) * squeeze or 1e-6, (north - south) or 1e-6
    scale = min((width - 2 * margin) / wide, (height - 2 * margin) / tall)
    left, top = (width - wide * scale) / 2, (height - tall * scale) / 2
    return Projection(west, north, squeeze, scale, left, top)


def rings(boundary: Mapping[str, Any] | None) -> Iterator[Ring]:
    """Yield the rings of a Polygon, MultiPolygon, Feature or collection; holes included."""
    if not boundary:
        return
    kind = boundary.get("type")
    if kind == "Feature":
        yield from rings(boundary.get("geometry"))
    elif kind in ("FeatureCollection", "GeometryCollection"):
        for part in boundary.get("features") or boundary.get("geometries") or ():
            yield from rings(part)
    elif kind == "Polygon":
        yield from _plain(boundary["coordinates"])
    elif kind == "MultiPolygon":
        for polygon in boundary["coordinates"]:
            yield from _plain(polygon)


def simplified(ring: Sequence[Point], tolerance: float) -> Ring:
    """Drop points nearer than ``tolerance`` to the line between their neighbours (Douglas-Peucker).

    Works without recursion, for coasts of many thousand points.
    """
    keep = [False] * len(ring)
    if not ring:
        return []
    keep[0] = keep[-1] = True
    todo = [(0, len(ring) - 1)]
    while todo:
        first, last = todo.pop()
        far, at = 0.0, 0
        for index in range(first + 1, last):
            away = _distance(ring[index], ring[first], ring[last])
            if away > far:
                far, at = away, index
        if far > tolerance:
            keep[at] = True
            todo += [(first, at), (at, last)]
    return [point for point, kept in zip(ring, keep, strict=True) if kept]


def middle(outline: Sequence[Point]) -> Point:
    """Return the centre of mass of a closed shape; of its corners when it has no area."""
    double = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(outline, [*outline[1:], outline[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        double += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    if abs(double) < 1e-9:
        count = len(outline)
        return sum(p[0] for p in outline) / count, sum(p[1] for p in outline) / count
    return x / (3 * double), y / (3 * double)


def size(outline: Sequence[Point]) -> float:
    """Return the area of a closed shape."""
    pairs = zip(outline, [*outline[1:], outline[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _plain(polygon: Sequence[Sequence[Sequence[float]]]) -> Iterator[Ring]:
    for ring in polygon:
        yield [(float(point[0]), float(point[1])) for point in ring]


def _distance(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    if length == 0:
        return math.hypot(px - ax, py - ay)
    along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length))
    return math.hypot(px - ax - along * dx, py - ay - along * dy)
