"""Reports on a map, gathered into a grid as fine as the zoom: one statement, whatever the number.

Public rows are answered from the index ``complaint_public_place`` alone.
"""

from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Avg, Count, F, FloatField, Max, Min, QuerySet
from django.db.models.functions import Floor

from modules.complaints.models import Complaint
from modules.complaints.selectors.public_filters import Box

CELL: Final = 72  # pixels; a finger's breadth and a number
TILE: Final = 256  # pixels of the whole earth at zoom 0 (the web's usual scheme of map tiles)
MAX_ZOOM: Final = 19
MOST_CELLS: Final = 3_000
WALL_ZOOM: Final = 13
FEWEST: Final = 3
MOST_HOTSPOTS: Final = 12
_COLUMNS: Final = (
    "c.n, c.lat, c.lng, c.west, c.south, c.east, c.north, r.uuid, r.number, r.title, r.state"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """The reports of one field of the grid; ``number`` and so on only where it is a single one."""

    count: int
    latitude: float
    longitude: float
    box: Box
    uuid: UUID | None = None
    number: str = ""
    title: str = ""
    state: str = ""


class TooFineError(ValueError):
    """The box is too large for the zoom: more fields than a screen has room for."""


def clusters(rows: QuerySet[Complaint], bbox: Box, zoom: int) -> list[Cluster]:
    """Return the reports of ``rows`` with a pin in ``bbox``, gathered for ``zoom``; one statement.

    Args:
        rows: any reports; what they are ordered by and read along does not matter.
        bbox: west, south, east, north in degrees.
        zoom: 0 to 19, as in maps of tiles: each step doubles the scale.

    Raises:
        TooFineError: when the grid would have more than 3,000 fields.
    """
    wide, high = cell(bbox, zoom)
    west, south, east, north = bbox
    if (east - west) / wide * (north - south) / high > MOST_CELLS:
        raise TooFineError
    grid = (
        rows.order_by()
        .filter(latitude__range=(south, north), longitude__range=(west, east))
        .filter(latitude__isnull=False)
        .values(
            x=Floor(F("longitude") / wide, output_field=FloatField()),
            y=Floor(F("latitude") / high, output_field=FloatField()),
        )
        .annotate(
            n=Count("id"), lat=Avg("latitude"), lng=Avg("longitude"), one=Min("id"),
            west=Min("longitude"), south=Min("latitude"),
            east=Max("longitude"), north=Max("latitude"),
        )
    )  # fmt: skip
    return [_cluster(row) for row in _read(grid)]


def hotspots(rows: QuerySet[Complaint]) -> list[Cluster]:
    """Return where at least three of ``rows`` lie close together, the most first; two statements.

    For maps across a room: a single report is none, so that no home can be pointed at.
    """
    placed = rows.order_by().filter(latitude__isnull=False, longitude__isnull=False)
    edge = placed.aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    if edge["west"] is None:
        return []
    bbox: Box = (edge["west"], edge["south"], edge["east"], edge["north"])
    for zoom in range(WALL_ZOOM, 0, -1):
        try:
            found = clusters(placed, bbox, zoom)
        except TooFineError:
            continue
        return [one for one in found if one.count >= FEWEST][:MOST_HOTSPOTS]
    return []


def cell(bbox: Box, zoom: int) -> tuple[float, float]:
    """Return width and height of a field in degrees, square on a Mercator map of these parts."""
    wide = 360 / 2**zoom * CELL / TILE
    middle = (bbox[1] + bbox[3]) / 2
    return wide, wide * max(cos(radians(middle)), 0.05)


def _read(grid: "QuerySet[Complaint, Any]") -> list[tuple[Any, ...]]:
    """Run the grid's statement, joined with the report of each field that holds a single one."""
    try:
        inner, values = grid.query.sql_with_params()
    except EmptyResultSet:  # nothing may be seen, or nothing can fit
        return []
    table = connection.ops.quote_name(Complaint._meta.db_table)
    with connection.cursor() as cursor:
        # LIMIT keeps the planner from reading the whole table for a join it overestimates.
        cursor.execute(
            f"WITH c AS ({inner}) SELECT {_COLUMNS} FROM c"  # noqa: S608  # compiled by Django, values apart
            f" LEFT JOIN LATERAL (SELECT * FROM {table} WHERE c.n = 1 AND id = c.one LIMIT 1) r"
            " ON true ORDER BY c.n DESC, c.one",
            values,
        )
        return list(cursor.fetchall())


def _cluster(row: tuple[Any, ...]) -> Cluster:
    count, latitude, longitude, west, south, east, north, uuid, number, title, state = row
    return Cluster(
        count=count, latitude=latitude, longitude=longitude, box=(west, south, east, north),
        uuid=uuid, number=number or "", title=title or "", state=state or "",
    )  # fmt: skip
