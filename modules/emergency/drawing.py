"""Shapes on the earth's surface at the size of a region; what strangers drew costs no minutes.

Shapes are never joined and crossing edges never put in order: both take minutes for a few hundred
corners that were drawn to be slow. Whether two shapes meet can be told without.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from shapely import Polygon, box, get_num_coordinates
from shapely.geometry.base import BaseGeometry

from modules.emergency.cap import Bounds, Circle, Ring

KM_PER_DEGREE: Final = 111.32
CORNERS: Final = 48
FINE: Final = 0.001
"""Degrees, about 110 m: right for telling who is warned."""
MOST: Final = 400


def parts(
    polygons: Iterable[Sequence[Sequence[float]]], circles: Iterable[Any]
) -> list[BaseGeometry]:
    """Return rings of [latitude, longitude] and circles as shapes in (x, y) = (lng, lat)."""
    rings_ = [*polygons, *(ring_of(tuple(item)) for item in circles)]
    return [Polygon([(lng, lat) for lat, lng in ring]) for ring in rings_ if len(ring) > 3]


def within(shapes: Iterable[BaseGeometry], around: Bounds) -> Iterator[Ring]:
    """Yield the outlines of what lies in a box, made lighter for a page.

    A shape whose edges cross, or that has very many corners, is drawn as its hull.
    """
    frame = box(around.west, around.south, around.east, around.north)
    for drawn in shapes:
        if frame.intersects(drawn):
            whole = drawn if drawn.is_valid else drawn.convex_hull
            light = whole.intersection(frame).simplify(FINE)
            yield from rings(light if get_num_coordinates(light) <= MOST else light.convex_hull)


def ring_of(circle: Circle) -> Ring:
    """Return a circle as a closed ring of 48 corners; exact enough at the size of a region."""
    lat, lng, kilometres = circle
    tall = kilometres / KM_PER_DEGREE
    wide = tall / max(math.cos(math.radians(lat)), 0.01)
    turns = [2 * math.pi * step / CORNERS for step in range(CORNERS)]
    points = [(lat + tall * math.sin(turn), lng + wide * math.cos(turn)) for turn in turns]
    return (*points, points[0])


def rings(drawn: BaseGeometry) -> list[Ring]:
    """Return a shape's outer rings as (latitude, longitude); holes are filled."""
    pieces = getattr(drawn, "geoms", [drawn])
    return [
        tuple((round(lat, 6), round(lng, 6)) for lng, lat in piece.exterior.coords)
        for piece in pieces
        if isinstance(piece, Polygon) and not piece.is_empty
    ]
