"""Maps as SVG drawn by the server: boundaries where they are known, else one tile per area.

An area is told by tint and number; ``balai.ui.charts.bars`` or a list beside it says the same.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balai.modules.manifest import type_str
from balai.ui import formats, geometry, tiles
from balai.ui.charts import level

WIDTH: Final = 640.0
HEIGHT: Final = 480.0
MARGIN: Final = 14.0
FINEST: Final = 0.8  # pixels below which a bend of a boundary is not drawn


@dataclass(frozen=True, slots=True)
class AreaValue:
    """One area of a map: ``boundary`` is GeoJSON in WGS84, ``centroid`` (latitude, longitude)."""

    code: str
    name: str
    value: float | None = None
    boundary: Mapping[str, Any] | None = None
    centroid: tuple[float, float] | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on a map; ``kind`` is "pin" (something to do) or "unit" (somebody who helps)."""

    latitude: float
    longitude: float
    label: type_str
    kind: str = "pin"
    url: str = ""


def area_map(
    areas: Sequence[AreaValue],
    *,
    title: type_str,
    selected: str | Collection[str] = "",
    pins: Sequence[Pin] = (),
    rings: Sequence[geometry.Ring] = (),
    unit: type_str = "",
) -> SafeString:
    """Return a map of a region.

    Args:
        areas: its kecamatan. With a boundary each they are drawn as shapes, else as tiles.
        title: what the map shows, for screen readers.
        selected: codes of the areas to mark, or the one.
        pins: points; only shapes have places for them, a tile map leaves them out.
        rings: outlines of (longitude, latitude) to draw over the areas; as with pins.
        unit: what the numbers count.
    """
    most = max((area.value or 0 for area in areas), default=0)
    drawn = areas and all(area.boundary for area in areas)
    marked = {selected} if isinstance(selected, str) else set(selected)
    shapes = _shapes(areas, marked, most, pins, rings) if drawn else _tiles(areas, marked, most)
    ranked = sorted((area for area in areas if area.value), key=lambda area: -(area.value or 0))[:3]
    told = ", ".join(f"{area.name} {_number(area.value)}" for area in ranked)
    label = f"{title}: {told}" if told else str(title)
    box = f"0 0 {WIDTH:g} {HEIGHT:g}" if drawn else tiles.view_box(len(areas), _places(areas))
    role = "group" if any(area.url for area in areas) else "img"
    return format_html(
        '<svg viewBox="{}" role="{}" aria-label="{}{}" preserveAspectRatio="xMidYMid meet">'
        "{}</svg>",
        box, role, label, f" ({unit})" if unit else "", shapes,
    )  # fmt: skip


def point_map(
    point: tuple[float, float], areas: Sequence[AreaValue], *, title: type_str
) -> SafeString:
    """Return a map of the region with one pin (latitude, longitude); "" without boundaries."""
    if not areas or not all(area.boundary for area in areas):
        return SafeString("")
    return area_map(areas, title=title, pins=[Pin(*point, label=title)])


def _shapes(
    areas: Sequence[AreaValue],
    selected: Collection[str],
    most: float,
    pins: Sequence[Pin],
    over: Sequence[geometry.Ring],
) -> SafeString:
    outlines = {area.code: list(geometry.rings(area.boundary)) for area in areas}
    every = [point for rings in outlines.values() for ring in rings for point in ring]
    projection = geometry.fit(every, WIDTH, HEIGHT, MARGIN)
    bodies, words = [], []
    for area in areas:
        flat = [[projection.flat(*point) for point in ring] for ring in outlines[area.code]]
        fine = [geometry.simplified(ring, FINEST) for ring in flat]
        path = "".join(_path(ring) for ring in fine if len(ring) > 2)
        bodies.append(
            _linked(
                area, format_html('<path class="{}" d="{}"/>', _classes(area, selected, most), path)
            )
        )
        x, y = geometry.middle(max(flat, key=geometry.size))
        words.append((_n(x), _n(y), _number(area.value), _n(x), _n(y), area.name))
    labels = format_html_join(
        "",
        '<text class="map__n" x="{}" y="{}">{}</text>'
        '<text class="map__label" x="{}" y="{}" dy="1.2em">{}</text>',
        words,
    )
    shapes = SafeString("".join(bodies))
    return format_html(
        '<g class="map__shapes">{}{}{}{}</g>',
        shapes, _over(over, projection), labels, _pins(pins, projection),
    )  # fmt: skip


def _over(rings: Sequence[geometry.Ring], projection: geometry.Projection) -> SafeString:
    flat = [[projection.flat(*point) for point in ring] for ring in rings]
    return format_html_join("", '<path class="map__over" d="{}"/>', ((_path(r),) for r in flat))


def _tiles(areas: Sequence[AreaValue], selected: Collection[str], most: float) -> SafeString:
    places = tiles.arrange(_places(areas))
    parts = []
    for area, (column, row) in zip(areas, places, strict=True):
        x, y = column * tiles.STEP, row * tiles.STEP
        body = format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="8"/>'
            '<text class="map__n" x="{}" y="{}">{}</text>{}',
            _classes(area, selected, most), x, y, tiles.SIDE, tiles.SIDE,
            x + tiles.SIDE / 2, y + tiles.SIDE * 0.46, _number(area.value), _name(area.name, x, y),
        )  # fmt: skip
        parts.append(_linked(area, body))
    return SafeString("".join(parts))


def _name(name: str, x: float, y: float) -> SafeString:
    lines = tiles.wrapped(name)
    return format_html_join(
        "",
        '<text class="map__name" x="{}" y="{}">{}</text>',
        (
            (x + tiles.SIDE / 2, y + tiles.SIDE * (0.66 + 0.17 * at), line)
            for at, line in enumerate(lines)
        ),
    )


def _pins(pins: Sequence[Pin], projection: geometry.Projection) -> SafeString:
    parts = []
    for pin in pins:
        x, y = projection.flat(pin.longitude, pin.latitude)
        dot = format_html(
            '<circle class="map__{}" cx="{}" cy="{}" r="8"><title>{}</title></circle>',
            "unit" if pin.kind == "unit" else "pin", _n(x), _n(y), pin.label,
        )  # fmt: skip
        parts.append(
            format_html('<a href="{}" aria-label="{}">{}</a>', pin.url, pin.label, dot)
            if pin.url
            else dot
        )
    return SafeString("".join(parts))


def _linked(area: AreaValue, body: SafeString) -> SafeString:
    if not area.url:
        return format_html("<g>{}</g>", body)
    label = f"{area.name}: {_number(area.value) or _('none')}"
    return format_html('<a href="{}" aria-label="{}">{}</a>', area.url, label, body)


def _classes(area: AreaValue, selected: Collection[str], most: float) -> str:
    here = " is-selected" if area.code in selected else ""
    return f"map__area map__l{level(area.value, most)}{here}"


def _places(areas: Sequence[AreaValue]) -> list[tuple[str, tuple[float, float] | None]]:
    return [(area.name, area.centroid) for area in areas]


def _path(ring: geometry.Ring) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + "z"


def _number(value: float | None) -> str:
    return "" if value is None else formats.number(value)


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
