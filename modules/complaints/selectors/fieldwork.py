"""The cases that somebody on the street can work on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from modules.complaints import deadline, rights
from modules.complaints.deadline import Deadline
from modules.complaints.models import Complaint
from modules.complaints.states import State

MOST = 200
"""So many are shown at once, the most urgent; a kecamatan narrows it down."""

STATES = (State.DISPOSITIONED, State.REOPENED, State.IN_PROGRESS, State.PLANNED)


@dataclass(frozen=True, slots=True)
class Stop:
    """A case on the list. Without a pin its place is the middle of its kecamatan: ``rough``."""

    report: Complaint
    due: Deadline | None
    latitude: float | None
    longitude: float | None
    rough: bool


def cases(user: Any, *, district: int | None = None, mine: bool = False) -> QuerySet[Complaint]:
    """Return open cases within reach, the most urgent first.

    Args:
        district: only this kecamatan's.
        mine: only those that the officer took over by name.
    """
    rows = rights.within_reach(Complaint.objects.filter(state__in=STATES), user)
    if district is not None:
        rows = rows.filter(district=district)
    if mine:
        rows = rows.filter(assignee=user)
    rows = rows.select_related("category", "area", "district", "agency")
    rows = rows.defer("area__boundary", "district__boundary", "search", "text")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def stops(rows: QuerySet[Complaint], now: datetime) -> Iterator[Stop]:
    """Yield the cases of the list; the phone works out distances, so that its place stays there."""
    for report in rows[:MOST]:
        pinned = report.latitude is not None and report.longitude is not None
        place = report if pinned else report.district
        yield Stop(
            report=report,
            due=deadline.of(report, now),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            rough=not pinned,
        )
