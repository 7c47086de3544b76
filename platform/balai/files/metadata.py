"""What a photo says of itself: where and when. Read once, then dropped with the rest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PIL import ExifTags, Image

from balai import context

STAMP: Final = "%Y:%m:%d %H:%M:%S"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Position in degrees (WGS 84) and time of a photo, each None where it is not told."""

    latitude: float | None = None
    longitude: float | None = None
    taken_at: datetime | None = None


def read_metadata(image: Image.Image) -> Metadata:
    """Return what the EXIF block tells; nonsense in it counts as not told."""
    try:
        exif = image.getexif()
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
        longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
        taken = _taken_at(exif.get_ifd(ExifTags.IFD.Exif))
    except Exception:  # a broken block is no reason to refuse a picture
        return Metadata()
    if latitude is None or longitude is None:
        return Metadata(taken_at=taken)
    return Metadata(latitude, longitude, taken)


def _degrees(gps: dict[int, Any], tag: int, ref: int, negative: str, limit: float) -> float | None:
    if tag not in gps:
        return None
    degrees, minutes, seconds = (float(part) for part in gps[tag])
    value = degrees + minutes / 60 + seconds / 3600
    if str(gps.get(ref, "")).strip("\0 ").upper() == negative:
        value = -value
    return round(value, 6) if abs(value) <= limit else None


def _taken_at(exif: dict[int, Any]) -> datetime | None:
    stamp = str(exif.get(ExifTags.Base.DateTimeOriginal, "")).strip("\0 ")
    offset = str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    try:
        if offset:
            return datetime.strptime(stamp + offset, f"{STAMP}%z")
        # A camera without an offset shows the wall clock of where it is: the region's.
        return datetime.strptime(stamp, STAMP).replace(tzinfo=context.current_region().zone)
    except ValueError:
        return None
