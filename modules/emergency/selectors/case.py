"""One incident with everything around it, as its page shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import QuerySet

from modules.emergency import geo
from modules.emergency.models import Call, Incident, Leg, Outcome, Stamp, Transfer
from modules.emergency.selectors import clocks, reach, sealing
from modules.emergency.states import ACTIVE_LEGS, OPEN

if TYPE_CHECKING:
    from balai.accounts.models import User

CANDIDATES: Final = 12


@dataclass(frozen=True, slots=True)
class UnitCourse:
    """One unit's way with an incident: its moments that hold, in order."""

    leg: Leg
    moments: Sequence[Stamp]

    @property
    def active(self) -> bool:
        """Whether it is still with the incident."""
        return self.leg.state in ACTIVE_LEGS


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open incident that could be the same; ``km`` is None where nobody knows."""

    incident: Incident
    km: float | None
    same: bool


def legs(incident: Incident) -> list[Leg]:
    """Return the incident's legs with units and agencies (1 query)."""
    return list(Leg.objects.filter(incident=incident).select_related("unit__agency"))


def courses(legs: Sequence[Leg], stamps: Sequence[Stamp]) -> list[UnitCourse]:
    """Return each unit's way, those still with it first; a unit that was sent twice has two.

    Args:
        stamps: the whole record, corrected times included.
    """
    held = {row.pk for row in clocks.effective(stamps)}
    moments: dict[tuple[int | None, int], list[Stamp]] = defaultdict(list)
    turns: dict[int | None, int] = defaultdict(int)
    turn_of: dict[int, int] = {}
    for row in sorted(stamps, key=lambda row: row.pk):
        if row.what == "dispatch" and not row.corrects_id:
            turns[row.unit_id] += 1
        # A correction belongs to the turn of the moment it corrects.
        turn_of[row.pk] = turn_of.get(row.corrects_id or 0, max(turns[row.unit_id], 1))
        if row.pk in held:
            moments[row.unit_id, turn_of[row.pk]].append(row)
    sent: dict[int, int] = defaultdict(int)
    found = []
    for leg in sorted(legs, key=lambda leg: (leg.sent_at, leg.pk)):
        sent[leg.unit_id] += 1
        way = sorted(moments[leg.unit_id, sent[leg.unit_id]], key=lambda row: (row.at, row.pk))
        found.append(UnitCourse(leg, way))
    return sorted(found, key=lambda course: not course.active)


def calls(incident: Incident) -> list[Call]:
    """Return the calls about it, the first first (1 query)."""
    found = Call.objects.filter(incident=incident).select_related("taker", "incident")
    return list(found.order_by("answered_at", "id"))


def transfers(incident: Incident) -> tuple[Transfer | None, Transfer | None]:
    """Return what it came with, and its last hand-over to somebody else (1 query)."""
    rows = list(incident.transfers.all())
    came = next((row for row in rows if row.incoming), None)
    went = next((row for row in reversed(rows) if not row.incoming), None)
    return came, went


def merged(incident: Incident, user: "User") -> list[Incident]:
    """Return the incidents that were merged into it (1 query)."""
    return list(reach.incidents(user).filter(merged_into=incident).order_by("created_at"))


def outcomes() -> list[Outcome]:
    """Return what an incident may be closed with (1 query)."""
    return list(Outcome.objects.filter(active=True))


def candidates(incident: Incident, user: "User", number: str = "") -> list[Candidate]:
    """Return open incidents to merge it with: those of a number, else the likeliest (1 query).

    The likeliest are near and of the same category; sealed ones are shown redacted.
    """
    rows = mergeable(incident, user)
    if number:
        rows = rows.filter(number__icontains=number.replace("\0", ""))
    rows = rows.select_related("category", "area__parent").defer(
        "area__boundary", "area__parent__boundary", "category__script"
    )
    found = [_candidate(incident, row) for row in rows[:200]]
    return sorted(found, key=_likely)[:CANDIDATES]


def mergeable(incident: Incident, user: "User") -> QuerySet[Incident]:
    """Return the open incidents within reach that it could be merged into."""
    return reach.incidents(user).filter(state__in=OPEN).exclude(pk=incident.pk)


def _candidate(incident: Incident, other: Incident) -> Candidate:
    here, there = (incident.latitude, incident.longitude), (other.latitude, other.longitude)
    known = None not in (*here, *there) and not other.sealed
    km = geo.metres(here, there) / 1000 if known else None
    same = other.category_id == incident.category_id and not other.sealed
    return Candidate(sealing.redacted(other), km, same)


def _likely(found: Candidate) -> tuple[bool, float, float]:
    far = found.km if found.km is not None else float("inf")
    return (not found.same, far, -found.incident.created_at.timestamp())
