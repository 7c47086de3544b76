"""Read evidence: pictures that look alike, and what a validator is shown of a hand-in."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Least
from django.db.models.lookups import LessThanOrEqual

from modules.complaints.fingerprint import NEAR, distance
from modules.complaints.models import Complaint, Photo

MOST = 20


class DifferentBits(Func):
    """In how many bits a stored hash differs from another one."""

    arg_joiner = " # "
    template = "bit_count((%(expressions)s)::bit(64))"
    output_field = IntegerField()


def look_alikes(photo: Photo, families: Sequence[Sequence[int]]) -> list[tuple[Photo, int]]:
    """Return the region's photos that look like ``photo``, and the bits that differ, nearest first.

    Photos of the same hand-in are left out: they may well show the same thing. One sequential
    scan counts the bits of XOR; measured in ``tests/load/bench_evidence.py``, which also says why
    no index helps. Most rows cost two comparisons, see :func:`_near`.

    Args:
        families: what to look for, see :class:`modules.complaints.fingerprint.Fingerprint`.
    """
    if not families:
        return []
    rows = Photo.objects.filter(reduce(or_, map(_near, families)), phash__isnull=False)
    rows = rows.exclude(complaint=photo.complaint_id, taken_at=photo.taken_at)
    apart = [_apart(value) for family in families for value in family]
    rows = rows.annotate(bits=Least(*apart) if len(apart) > 1 else apart[0])
    found = rows.order_by("bits", "pk").select_related("complaint")[:MOST]
    return [(other, other.bits) for other in found]


def _near(family: Sequence[int]) -> Q:
    """Return the condition "within NEAR bits of one of them", the cheap part first.

    What is near to any member is not far from the first: by the triangle inequality no farther
    than NEAR and the member's own distance from it. That leaves a twentieth of the rows.
    """
    spread = max(distance(family[0], member) for member in family)
    around = Q(LessThanOrEqual(_apart(family[0]), NEAR + spread))
    exactly = [Q(LessThanOrEqual(_apart(member), NEAR)) for member in family]
    return around & reduce(or_, exactly)


def _apart(value: int) -> DifferentBits:
    return DifferentBits(F("phash"), Value(value))


def is_problem_of(other: Photo, complaint: Complaint) -> bool:
    """Tell whether ``other`` shows the problem of this case, told by it or by a joined report."""
    case = complaint.pk in (other.complaint_id, other.complaint.merged_into_id)
    return case and other.stage == Photo.Stage.BEFORE


def position(photo: Photo) -> tuple[float, float] | None:
    """Return where it was taken: as the phone said, else as the file said; or None."""
    for place in (photo, photo.file):
        if place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
    return None
