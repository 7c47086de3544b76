"""What a validator is shown of evidence: before and after, where and when, and what is odd."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from modules.complaints import rights
from modules.complaints.models import Complaint, Flag, Photo
from modules.complaints.selectors import evidence
from modules.complaints.selectors.similar import metres

MATCHING = (Flag.Kind.REUSED, Flag.Kind.SAME_AS_BEFORE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One flag. ``match`` is the other photo, if the viewer may see the report it belongs to."""

    flag: Flag
    match: Photo | None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A photo of the repair. ``away`` is its distance from the report's place in whole metres."""

    photo: Photo
    in_app: bool
    away: int | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All evidence of a case; ``doubtful`` counts the photos with a flag."""

    before: tuple[Photo, ...]
    exhibits: tuple[Exhibit, ...]

    @property
    def doubtful(self) -> int:
        """How many photos have a flag."""
        return sum(bool(exhibit.doubts) for exhibit in self.exhibits)


def of(report: Complaint, photos: Sequence[Photo], user: Any) -> Panel | None:
    """Return the panel of a case's photos, None where there is no photo of a repair.

    At most two queries: the flags, and the photos that they point at.

    Args:
        photos: those of ``report``, with their files.
        user: whose reach decides which other photos are shown.
    """
    after = [photo for photo in photos if photo.stage == Photo.Stage.AFTER]
    if not after:
        return None
    flags = list(Flag.objects.filter(photo__in=after).order_by("id"))
    matches = _matches(flags, user)
    exhibits = (_exhibit(report, photo, flags, matches) for photo in after)
    before = (photo for photo in photos if photo.stage == Photo.Stage.BEFORE)
    return Panel(tuple(before), tuple(exhibits))


def _matches(flags: Sequence[Flag], user: Any) -> dict[int, Photo]:
    """Return the photos that flags point at, within the viewer's reach."""
    wanted = {flag.detail.get("photo") for flag in flags if flag.kind in MATCHING}
    if not wanted:
        return {}
    rows = Photo.objects.filter(pk__in=wanted).select_related("file", "complaint")
    return {row.pk: row for row in rows if rights.has(user, rights.DESK, row.complaint)}


def _exhibit(
    report: Complaint, photo: Photo, flags: Sequence[Flag], matches: dict[int, Photo]
) -> Exhibit:
    own = (flag for flag in flags if flag.photo_id == photo.pk)
    return Exhibit(
        photo=photo,
        in_app=photo.captured_at is not None,
        away=_away(report, photo),
        doubts=tuple(Doubt(flag, matches.get(flag.detail.get("photo", 0))) for flag in own),
    )


def _away(report: Complaint, photo: Photo) -> int | None:
    position = evidence.position(photo)
    if position is None or report.latitude is None or report.longitude is None:
        return None
    return round(metres(position, (report.latitude, report.longitude)))
