"""A sketch of what lies around a report: itself in the middle, the others numbered, north up."""

import math
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

SIDE = 320.0
MARGIN = 24.0
METRES_PER_DEGREE = 111_320

Point = tuple[float, float]


def draw(centre: Point, others: Sequence[tuple[int, Point]], *, radius: int) -> SafeString:
    """Return the sketch as SVG.

    Args:
        centre: (latitude, longitude) of the report.
        others: number and place of each candidate.
        radius: metres of the circle that is drawn around the report.
    """
    flat = [(number, *_metres(centre, place)) for number, place in others]
    reach = max([radius, *(math.hypot(east, north) for _number, east, north in flat)])
    scale = (SIDE / 2 - MARGIN) / reach
    middle = SIDE / 2
    dots = format_html_join(
        "",
        '<g class="near__dot"><circle cx="{}" cy="{}" r="11"/>'
        '<text x="{}" y="{}" dy=".35em">{}</text></g>',
        (
            (x := _n(middle + east * scale), y := _n(middle - north * scale), x, y, number)
            for number, east, north in flat
        ),
    )
    label = _("Sketch of the surroundings; the circle is %(radius)s metres wide on each side.")
    return format_html(
        '<svg class="near" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<circle class="near__ring" cx="{}" cy="{}" r="{}"/>'
        '<circle class="near__here" cx="{}" cy="{}" r="7"/>{}</svg>',
        _n(SIDE), _n(SIDE), label % {"radius": radius},
        _n(middle), _n(middle), _n(radius * scale), _n(middle), _n(middle), dots,
    )  # fmt: skip


def _metres(centre: Point, place: Point) -> tuple[float, float]:
    """Return how far east and north of ``centre`` a near place lies."""
    north = (place[0] - centre[0]) * METRES_PER_DEGREE
    east = (place[1] - centre[1]) * METRES_PER_DEGREE * math.cos(math.radians(centre[0]))
    return east, north


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
