"""Rectangles for a treemap, as near to squares as can be.

Source: Bruls, Huizing, van Wijk, "Squarified Treemaps" (2000).
"""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle; its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


def squarify(values: Sequence[float], frame: Box) -> list[Box]:
    """Return a rectangle within ``frame`` for each value, in order, its area in proportion.

    Args:
        values: above zero, the largest first.
    """
    if not values or frame.width <= 0 or frame.height <= 0:
        return []
    scale = frame.width * frame.height / sum(values)
    areas = [value * scale for value in values]
    boxes: list[Box] = []
    rest, at = frame, 0
    while at < len(areas):
        count = _strip(areas, at, min(rest.width, rest.height))
        strip = areas[at : at + count]
        boxes += _lay(strip, rest)
        rest = _without(rest, sum(strip))
        at += count
    return boxes


def _strip(areas: Sequence[float], at: int, side: float) -> int:
    """Return how many rectangles stand along the shorter side before they become thinner again."""
    count, worst = 1, _worst(areas[at : at + 1], side)
    while at + count < len(areas):
        more = _worst(areas[at : at + count + 1], side)
        if more > worst:
            break
        count, worst = count + 1, more
    return count


def _worst(strip: Sequence[float], side: float) -> float:
    """Return the worst ratio of two sides in a strip."""
    total = sum(strip)
    if total <= 0 or side <= 0 or strip[-1] <= 0:
        return float("inf")
    return max(side**2 * max(strip) / total**2, total**2 / (side**2 * min(strip)))


def _lay(strip: Sequence[float], rest: Box) -> list[Box]:
    """Stand a strip along the shorter side of what is left."""
    side = min(rest.width, rest.height)
    depth = sum(strip) / side if side else 0
    boxes, along = [], 0.0
    for area in strip:
        length = area / depth if depth else 0
        if rest.width >= rest.height:
            boxes.append(Box(rest.x, rest.y + along, depth, length))
        else:
            boxes.append(Box(rest.x + along, rest.y, length, depth))
        along += length
    return boxes


def _without(rest: Box, area: float) -> Box:
    """Return what is left of a rectangle when a strip of this area is taken."""
    if rest.width >= rest.height:
        depth = min(area / rest.height, rest.width) if rest.height else 0
        return Box(rest.x + depth, rest.y, rest.width - depth, rest.height)
    depth = min(area / rest.width, rest.height) if rest.width else 0
    return Box(rest.x, rest.y + depth, rest.width, rest.height - depth)
