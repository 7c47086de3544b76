"""From an uploaded GeoJSON file to clean boundaries. Pure functions: no database, no request.

``reading`` turns the file into shapes, ``matching`` finds the area of each, ``finishing`` makes
them small. Whatever is wrong with one feature is a :class:`Problem` and leaves the others alone.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_FEATURES: Final = 5000

# West, south, east, north: Indonesia with its sea, in degrees.
INDONESIA: Final = (94.5, -11.5, 141.5, 6.5)
Bounds = tuple[float, float, float, float]


class BadFileError(ValueError):
    """Raised for a file that cannot be used at all; its text is meant for the uploader."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one feature; ``row`` counts features from 1, 0 is the whole file."""

    row: int
    name: str
    text: str | Promise
    fatal: bool = True
