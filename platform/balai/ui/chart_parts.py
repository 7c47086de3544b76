"""What every chart is made of: points, numbers in words, tints."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balai.modules.manifest import type_str
from balai.ui import formats


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart; ``value`` None means "not observed", which is never drawn as 0.

    ``url`` makes a link of it, where a chart has links. ``at`` is where on the axis of a course it
    stands, 0 to 1: days that are not there take their room too. Without it points are evenly apart.
    One that is not ``drawn`` is told in the table only and a gap in the course.
    """

    label: type_str
    value: float | None
    note: type_str = ""
    url: str = ""
    at: float | None = None
    drawn: bool = True


def level(value: float | None, most: float) -> int:
    """Return the tint of a value between 0 (none) and 3 (top third of ``most``)."""
    if not value or most <= 0:
        return 0
    return min(3, 1 + int(3 * value / (most * 1.0001)))


def words(value: float | None) -> str:
    """Return a number, or that there is none."""
    if value is None:
        return _("not observed")
    return formats.number(value) if float(value).is_integer() else formats.number(value, 1)


def note(point: Point) -> SafeString:
    """Return a point's note beside its value."""
    return (
        format_html(' <span class="muted">{}</span>', point.note) if point.note else SafeString("")
    )


def n(value: float) -> str:
    """Return a length for SVG: at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
