"""Read GeoJSON (RFC 7946) and mend what can be mended."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry

from balai.directory.boundaries import (
    INDONESIA,
    MAX_BYTES,
    MAX_FEATURES,
    BadFileError,
    Bounds,
    Problem,
)

Area2D: TypeAlias = Any  # a Polygon or MultiPolygon; shapely ships no types


@dataclass(frozen=True, slots=True)
class Shape:
    """One usable feature: its place in the file, its properties, its valid geometry."""

    row: int
    properties: Mapping[str, Any]
    geometry: Area2D


def read(content: bytes, *, bounds: Bounds | None = INDONESIA) -> tuple[list[Shape], list[Problem]]:
    """Return the usable features of a GeoJSON file, and a problem for every other one.

    Args:
        content: the file as uploaded.
        bounds: where a region may lie; None for a region outside Indonesia.

    Raises:
        BadFileError: when it is no GeoJSON, too large, or not in WGS84.
    """
    features = _features(_document(content))
    shapes: list[Shape] = []
    problems: list[Problem] = []
    for row, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        try:
            shapes.append(Shape(row, properties, _geometry(feature, bounds)))
        except _FeatureError as error:
            problems.append(Problem(row, _any_name(properties), str(error)))
    return shapes, problems


class _FeatureError(ValueError):
    """One feature cannot be used; the text says why."""


def _document(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise BadFileError(_("The file is larger than 10 MB. Simplify the shapes and try again."))
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadFileError(_("This is not a GeoJSON file.")) from None
    if not isinstance(document, dict):
        raise BadFileError(_("This is not a GeoJSON file."))
    system = str(document.get("crs") or "")
    if system and not any(known in system for known in ("CRS84", "4326")):
        raise BadFileError(
            _("The file is in another coordinate system. Export it as WGS84 (EPSG:4326).")
        )
    return document


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no coordinate")


def _features(document: dict[str, Any]) -> list[Any]:
    kind = document.get("type")
    found = document.get("features") if kind == "FeatureCollection" else None
    if kind == "Feature":
        found = [document]
    if not isinstance(found, list) or not found:
        raise BadFileError(_("The file has no features. It needs a FeatureCollection of areas."))
    if len(found) > MAX_FEATURES:
        raise BadFileError(
            _("The file has more than 5,000 features: that is more than one region.")
        )
    return found


def _geometry(feature: Any, bounds: Bounds | None) -> Area2D:
    raw = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(raw, dict) or raw.get("type") not in ("Polygon", "MultiPolygon"):
        raise _FeatureError(_("It is no area (Polygon or MultiPolygon)."))
    try:
        found = shapely.force_2d(shape(raw))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, shapely.GEOSException):
        raise _FeatureError(_("Its coordinates cannot be read.")) from None
    if found.is_empty:
        raise _FeatureError(_("It is empty."))
    _require_degrees(found.bounds, bounds)
    return polygons(found)


def _require_degrees(box: tuple[float, float, float, float], bounds: Bounds | None) -> None:
    west, south, east, north = box
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 180:
        raise _FeatureError(_("Its coordinates are metres, not degrees. Export it as WGS84."))
    if bounds is not None and not _inside(box, bounds):
        if _inside((south, west, north, east), bounds):
            raise _FeatureError(_("Latitude and longitude are swapped."))
        raise _FeatureError(_("It lies outside Indonesia."))


def _inside(box: Bounds, bounds: Bounds) -> bool:
    return (
        bounds[0] <= box[0] and bounds[1] <= box[1] and box[2] <= bounds[2] and box[3] <= bounds[3]
    )


def polygons(found: BaseGeometry) -> Area2D:
    """Return ``found`` as a valid area with RFC 7946 winding (outer rings anticlockwise).

    Raises:
        ValueError: when nothing with an area is left.
    """
    valid = found if found.is_valid else shapely.make_valid(found)
    parts = [
        part
        for part in shapely.get_parts(_flattened(valid))
        if isinstance(part, Polygon) and part.area
    ]
    if not parts:
        raise _FeatureError(_("It has no area: its outline is broken."))
    mended = [shapely.orient_polygons(part) for part in parts]
    return mended[0] if len(mended) == 1 else MultiPolygon(mended)


def _flattened(found: BaseGeometry) -> BaseGeometry:
    """Return a collection of polygons only; make_valid may add lines and points."""
    loose = [
        piece
        for part in shapely.get_parts(found)
        for piece in shapely.get_parts(part)
        if isinstance(piece, Polygon)
    ]
    return shapely.union_all(loose) if loose else found


def _any_name(properties: Mapping[str, Any]) -> str:
    from balai.directory.boundaries.matching import name_of

    return name_of(properties)
