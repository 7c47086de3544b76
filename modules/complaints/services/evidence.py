"""Look at a photo of a repair for what is odd: flags with reasons, never a verdict."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from modules.complaints import conf
from modules.complaints.models import Entry, Flag, Photo
from modules.complaints.selectors import areas, evidence
from modules.complaints.selectors.similar import metres
from modules.complaints.services.shots import Sight

Found = tuple[Flag.Kind, dict[str, Any]]

SKEW: Final = timedelta(minutes=5)
"""How far the clocks of phones and cameras may be off."""

MOST_ACCURACY: Final = 500
"""Metres of inaccuracy that are believed: otherwise a bad position would be good anywhere."""


def inspect(photo: Photo, *, sight: Sight, refusal: str, now: datetime) -> list[Flag]:
    """Store what speaks against a photo of the repair and return it.

    Args:
        sight: fingerprint and hints, seen while it was decoded.
        refusal: why it does not count as taken with the camera page, "" when it does.
        now: when it came in.
    """
    found = [
        *_taken(refusal),
        *_place(photo, in_app=not refusal),
        *_time(photo, now),
        *_looks(photo, sight),
        *_made(sight),
    ]
    return Flag.objects.bulk_create(
        Flag(photo=photo, kind=kind, detail=detail, at=now) for kind, detail in found
    )


def _taken(refusal: str) -> Iterator[Found]:
    if refusal:
        yield Flag.Kind.NOT_TAKEN_HERE, {"why": refusal}


def _place(photo: Photo, *, in_app: bool) -> Iterator[Found]:
    """Compare the phone's position, else the one in the file, with the report's."""
    position = evidence.position(photo)
    if position is None:
        if in_app:
            yield Flag.Kind.NO_POSITION, {}
        return
    report = photo.complaint
    if report.latitude is None or report.longitude is None:
        yield from _other_district(photo, position)
        return
    away = metres(position, (report.latitude, report.longitude))
    allowed = conf.current().evidence_radius + min(photo.accuracy or 0, MOST_ACCURACY)
    if away > allowed:
        yield Flag.Kind.FAR_AWAY, {"metres": round(away), "allowed": round(allowed)}


def _other_district(photo: Photo, position: tuple[float, float]) -> Iterator[Found]:
    """Judge a report without a point by its kecamatan, where the region's boundaries are known."""
    place = areas.locate(position)
    there = place.area and (place.area.parent_id or place.area.pk)
    expected = photo.complaint.district_id
    if place.outside or (there and expected and there != expected):
        yield Flag.Kind.FAR_AWAY, {"district": place.area.pk if place.area else None}


def _time(photo: Photo, now: datetime) -> Iterator[Found]:
    """No picture of the repair is older than the agency's word that it begins, or from tomorrow."""
    accepted = Entry.objects.filter(complaint=photo.complaint, move="accept").order_by("-at")
    begun = accepted.values_list("at", flat=True).first()
    for source, taken in (("phone", photo.captured_at), ("picture", photo.file.taken_at)):
        early = begun is not None and taken is not None and taken < begun - SKEW
        if taken is not None and (early or taken > now + SKEW):
            told = {"source": source, "taken": taken.isoformat()}
            yield Flag.Kind.WRONG_TIME, {**told, "begun": begun.isoformat() if begun else None}
            return


def _looks(photo: Photo, sight: Sight) -> Iterator[Found]:
    """Compare it with every photo of the region: the nearest of each kind is told."""
    told = set()
    for other, bits in evidence.look_alikes(photo, sight.print.families):
        same = evidence.is_problem_of(other, photo.complaint)
        kind = Flag.Kind.SAME_AS_BEFORE if same else Flag.Kind.REUSED
        if kind not in told:
            told.add(kind)
            yield kind, {"photo": other.pk, "bits": bits}


def _made(sight: Sight) -> Iterator[Found]:
    if sight.origin.hint:
        yield Flag.Kind.EDITED, {"hint": sight.origin.hint, "software": sight.origin.software}
