"""Made-up boundaries for tests: real codes on a grid of squares that share their borders."""

import json
from typing import Any

from balai.directory import reference

WEST, SOUTH, SIDE = 106.60, -6.20, 0.01
COLUMNS = 12


def square(column: int, row: int, side: float = SIDE) -> dict[str, Any]:
    west, south = WEST + column * SIDE, SOUTH + row * SIDE
    ring = [
        [west, south], [west + side, south], [west + side, south + side], [west, south + side],
        [west, south],
    ]  # fmt: skip
    return {"type": "Polygon", "coordinates": [ring]}


def centre(code: str, regency: str = "36.71") -> tuple[float, float]:
    """Return (latitude, longitude) of a village's square."""
    place = [village.code for village in reference.villages(regency)].index(code)
    column, row = place % COLUMNS, place // COLUMNS
    return SOUTH + (row + 0.5) * SIDE, WEST + (column + 0.5) * SIDE


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> bytes:
    body = {"type": "FeatureCollection", "features": list(features), **members}
    return json.dumps(body).encode()


def villages(regency: str = "36.71", *, only: str = "") -> bytes:
    """Return a file with every village of a regency, or of one of its kecamatan."""
    rows = [
        feature(square(n % COLUMNS, n // COLUMNS), code=village.code, name=village.name)
        for n, village in enumerate(reference.villages(regency))
        if village.code.startswith(only)
    ]
    return collection(*rows)
