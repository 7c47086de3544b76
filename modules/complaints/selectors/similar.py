"""Reports that may tell of the same thing: by distance, kind, words and age."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from modules.complaints import stems
from modules.complaints.models import Category, Complaint
from modules.complaints.states import OPEN, State

WITHIN = timedelta(days=30)
LOOK_AT = 300
"""The newest of those that are near enough; in a dense town that is a month of one quarter."""
EARTH = 6_371_000
METRES_PER_DEGREE = 111_320
LEAST = 0.3
"""The share of words below which two reports of another kind, or another place, are strangers."""
ALIVE = (*OPEN, State.RESOLVED, State.TRANSFERRED_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a report. ``pin`` is (latitude, longitude) in degrees, of the problem."""

    category: Category | None = None
    text: str = ""
    pin: tuple[float, float] | None = None
    area: int | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """A candidate. ``metres`` is None where one of the two has no pin; ``likeness`` is 0 to 1."""

    complaint: Complaint
    metres: int | None
    likeness: float


def told_by(complaint: Complaint) -> Told:
    """Return what is known of a stored report."""
    lat, lng = complaint.latitude, complaint.longitude
    return Told(
        category=complaint.category,
        text=f"{complaint.title} {complaint.text} {complaint.landmark}",
        pin=(lat, lng) if lat is not None and lng is not None else None,
        area=complaint.area_id,
    )


def find(
    rows: QuerySet[Complaint], told: Told, *, radius: int, now: datetime, limit: int
) -> list[Similar]:
    """Return the reports most like ``told``, the likeliest first; one query.

    Args:
        rows: where to look: what is public, or within an officer's reach.
        radius: metres around the pin.
        now: reports of the 30 days before are looked at.
    """
    near = _near(told, radius)
    if near is None:
        return []
    kept = rows.filter(
        near, created_at__gte=now - WITHIN, state__in=ALIVE, merged_into=None, erased_at=None
    ).select_related("category", "area", "district")
    kept = kept.defer("area__boundary", "district__boundary")
    topic = stems.topic(told.text)
    found = (_weigh(row, told, topic, radius) for row in kept[:LOOK_AT])
    ranked = sorted((item for item in found if item), key=lambda item: -item.likeness)
    return ranked[:limit]


def by_words(rows: QuerySet[Complaint], told: Told, *, now: datetime, limit: int) -> list[Similar]:
    """Return the reports of ``rows`` most like ``told`` when no place is known; one query."""
    kept = rows.filter(
        created_at__gte=now - WITHIN, state__in=ALIVE, merged_into=None, erased_at=None
    )
    if told.category:
        kept = kept.filter(category=told.category)
    topic = stems.topic(told.text)
    found = []
    for row in kept[:LOOK_AT]:
        shared = stems.overlap(topic, stems.topic(f"{row.title} {row.text} {row.landmark}"))
        if shared >= LEAST or not topic:
            found.append(Similar(row, None, shared))
    return sorted(found, key=lambda item: -item.likeness)[:limit]


def away(told: Told, row: Complaint) -> int | None:
    """Return the metres between two reports, None where one of them has no pin."""
    if told.pin is None or row.latitude is None or row.longitude is None:
        return None
    return round(metres(told.pin, (row.latitude, row.longitude)))


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude) along the earth (haversine)."""
    lat1, lng1, lat2, lng2 = (math.radians(value) for value in (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(half))


def _near(told: Told, radius: int) -> Q | None:
    """Return the condition "perhaps near": a box around the pin, or the same kelurahan."""
    same_area = Q(area=told.area) if told.area else None
    if told.pin is None:
        return same_area
    lat, lng = told.pin
    high = radius / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    box = Q(latitude__range=(lat - high, lat + high), longitude__range=(lng - wide, lng + wide))
    return box | (same_area & Q(latitude=None)) if same_area else box


def _weigh(row: Complaint, told: Told, topic: frozenset[str], radius: int) -> Similar | None:
    """Return the candidate with its likeness, or None for a stranger."""
    apart = away(told, row)
    if apart is not None and apart > radius:
        return None
    kinship = _kinship(row.category, told.category)
    shared = stems.overlap(topic, stems.topic(f"{row.title} {row.text} {row.landmark}"))
    if shared < LEAST and (apart is None or kinship < 1):
        return None
    closeness = 0.5 if apart is None else 1 - apart / radius
    likeness = 0.45 * shared + 0.35 * kinship + 0.2 * closeness
    return Similar(row, apart, likeness)


def _kinship(one: Category, other: Category | None) -> float:
    """Return 1 for the same kind, 0.5 for one of the same group, 0 for strangers."""
    if other is None:
        return 0.0
    if one.pk == other.pk:
        return 1.0
    return 0.5 if one.parent_id and one.parent_id == other.parent_id else 0.0
