"""Distances between points on the ground."""

from math import asin, cos, inf, radians, sin, sqrt
from typing import Final

EARTH: Final = 6_371_000.0
Point = tuple[float | None, float | None]


def metres(one: Point, other: Point) -> float:
    """Return the distance of two points (latitude, longitude in degrees) along the earth.

    Infinite when either is not known (haversine; to 0.5 % of what a surveyor finds).
    """
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return inf
    north = sin(radians(other[0] - one[0]) / 2) ** 2
    east = sin(radians(other[1] - one[1]) / 2) ** 2
    turn = north + cos(radians(one[0])) * cos(radians(other[0])) * east
    return 2 * EARTH * asin(sqrt(turn))
