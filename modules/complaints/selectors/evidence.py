"""Read evidence: pictures that look alike, and what became of an agency's finished work."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Least
from django.db.models.lookups import LessThanOrEqual

from modules.complaints import rights
from modules.complaints.fingerprint import NEAR, distance
from modules.complaints.models import Audit, Complaint, Entry, Flag, Photo
from modules.complaints.selectors.figures import FAIR_MINIMUM

MOST = 20
VOTES = {
    "confirmed": "confirm",
    "reopened": "reopen",
    "silent": "auto_close",
}
"""The reporter's vote, by the moves of the history."""
FIGURES = (*VOTES, "flagged", "audited", "false")


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


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    """What reporters and auditors said of an agency's finished work.

    ``share`` is the part of the reporters' answers that say "mended", 0 to 1; None below the fair
    minimum: few answers say little and would be unfair.
    """

    agency: str
    confirmed: int
    reopened: int
    silent: int
    flagged: int
    audited: int
    false: int
    share: float | None


def agency_record(*, since: datetime, user: Any = None) -> list[AgencyRecord]:
    """Return the agencies with finished work since then, by name; 3 queries.

    Args:
        since: an aware time; votes, closures, flags and audits from then on are counted.
        user: only agencies within this officer's reach; None for all.
    """
    reports = Complaint.objects.filter(sample=False, agency__isnull=False).order_by()
    if user is not None:
        reports = rights.within_reach(reports, user)
    votes = Entry.objects.filter(at__gte=since, move__in=VOTES.values(), complaint__in=reports)
    flagged = Flag.objects.filter(at__gte=since, photo__complaint__in=reports)
    audited = Audit.objects.filter(decided_at__gte=since, complaint__in=reports)
    found = (
        _by_agency(votes, "agency__short_name", {
            name: Count("pk", filter=Q(move=move)) for name, move in VOTES.items()
        }),
        _by_agency(flagged, "photo__complaint__agency__short_name", {
            "flagged": Count("photo", distinct=True)
        }),
        _by_agency(audited, "complaint__agency__short_name", {
            "audited": Count("pk"), "false": Count("pk", filter=Q(verdict=Audit.Verdict.FALSE))
        }),
    )  # fmt: skip
    figures: dict[str, Counter[str]] = defaultdict(Counter)
    for name, row in chain.from_iterable(found):
        figures[name].update(row)
    return [_record(name, figures[name]) for name in sorted(figures)]


def _by_agency(
    rows: QuerySet[Any], agency: str, figures: Mapping[str, Count]
) -> Iterator[tuple[str, dict[str, int]]]:
    for row in rows.order_by().values(name=F(agency)).annotate(**figures):
        name = row.pop("name")
        if name:
            yield name, row


def _record(name: str, row: Mapping[str, int]) -> AgencyRecord:
    answers = row["confirmed"] + row["reopened"]
    return AgencyRecord(
        agency=name,
        **{figure: row[figure] for figure in FIGURES},
        share=row["confirmed"] / answers if answers >= FAIR_MINIMUM else None,
    )
