"""Figures for the wall and for other modules: counts, ages, agencies; nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q
from django.db.models.aggregates import Aggregate

from balai import workcal
from balai.memo import memo
from modules.complaints.models import Complaint, Photo
from modules.complaints.states import DONE, HANDLED, OPEN, WAITING, State

WINDOW = timedelta(days=90)
SPEED_SECONDS, MANY = 60, 500
FAIR_MINIMUM = 20
"""Median and p90 are told from this many finished cases on: fewer would be unfair."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many reports stand where; "today" is the region's calendar day."""

    waiting: int
    handled: int
    done: int
    late: int
    new_today: int
    done_today: int
    reopened: int
    finished: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An agency's open work; ``median`` and ``p90`` are days, None below the fair minimum."""

    name: str
    open: int
    late: int
    finished: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Days until something happened; None below the fair minimum. ``n`` is of how many."""

    n: int
    median: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Speed:
    """How soon the region answers and mends."""

    answer: Spread
    done: Spread


@dataclass(frozen=True, slots=True)
class Doubted:
    """Reports whose evidence has a flag, and all that have evidence."""

    flagged: int
    total: int


class Percentile(Aggregate):
    """PERCENTILE_CONT of an interval."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def totals(now: datetime) -> Totals:
    """Return the region's figures of all reports, secret ones included; one query.

    Args:
        now: an aware time in the region's zone.
    """
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    recently = Q(created_at__gte=now - WINDOW)
    row = Complaint.objects.order_by().aggregate(
        waiting=Count("id", filter=Q(state__in=WAITING)),
        handled=Count("id", filter=Q(state__in=HANDLED)),
        done=Count("id", filter=Q(state__in=DONE) & recently),
        late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now)),
        new_today=Count("id", filter=Q(created_at__gte=midnight)),
        done_today=Count("id", filter=Q(resolved_at__gte=midnight)),
        reopened=Count("id", filter=recently & Q(reopenings__gt=0)),
        finished=Count("id", filter=recently & (Q(state__in=DONE) | Q(reopenings__gt=0))),
        oldest=Min("created_at", filter=Q(state=State.RECEIVED)),
    )
    return Totals(**row)


def times(now: datetime) -> Speed:
    """Return how soon reports were answered and done in 90 days; one query.

    Of many reports it is a minute old at most.
    """
    return memo(
        "complaints:speed", SPEED_SECONDS, lambda: _times(now),
        keep=lambda found: found.answer.n + found.done.n >= MANY,
    )  # fmt: skip


def _times(now: datetime) -> Speed:
    since = now - WINDOW
    answered = Q(answered_at__gte=since)
    done = Q(state__in=DONE, resolved_at__gte=since)
    measures: dict[str, Any] = {}
    for name, moment, when in (("answer", "answered_at", answered), ("done", "resolved_at", done)):
        spent = ExpressionWrapper(F(moment) - F("created_at"), DurationField())
        measures[f"{name}_n"] = Count("id", filter=when)
        measures[f"{name}_median"] = Percentile(spent, share=0.5, filter=when)
        measures[f"{name}_p90"] = Percentile(spent, share=0.9, filter=when)
    row = Complaint.objects.order_by().filter(answered | done).aggregate(**measures)
    return Speed(_spread(row, "answer"), _spread(row, "done"))


def doubted(now: datetime) -> Doubted:
    """Return how much evidence of 90 days has a flag, and of how much; one query."""
    recent = Photo.objects.order_by().filter(stage=Photo.Stage.AFTER, taken_at__gte=now - WINDOW)
    row = recent.aggregate(
        all=Count("complaint", distinct=True),
        flagged=Count("complaint", distinct=True, filter=Q(flags__isnull=False)),
    )
    return Doubted(row["flagged"], row["all"])


def oldest_wait(figures: Totals, now: datetime) -> int | None:
    """Return for how many working days the oldest unverified report has waited, or None."""
    return workcal.working_days_between(figures.oldest, now) if figures.oldest else None


def agencies(now: datetime) -> list[AgencyRow]:
    """Return agencies with work in the last 90 days, the latest first; one query."""
    spent = ExpressionWrapper(F("resolved_at") - F("created_at"), DurationField())
    finished = Q(state__in=DONE, resolved_at__isnull=False)
    rows = Complaint.objects.filter(
        Q(state__in=OPEN) | Q(created_at__gte=now - WINDOW), agency__isnull=False
    )
    figures = (
        rows.order_by()
        .values("agency__short_name")
        .annotate(
            open=Count("id", filter=Q(state__in=OPEN)),
            late=Count("id", filter=Q(state__in=OPEN, due_at__lt=now)),
            finished=Count("id", filter=finished),
            median=Percentile(spent, share=0.5, filter=finished),
            p90=Percentile(spent, share=0.9, filter=finished),
        )
    )
    found = [_agency(row) for row in figures]
    return sorted(found, key=lambda row: (-row.late, -row.open, row.name))


def open_by_district() -> dict[int, int]:
    """Return how many open reports lie in each kecamatan."""
    rows = Complaint.objects.filter(state__in=OPEN).exclude(district=None).order_by()
    return dict(rows.values_list("district_id").annotate(Count("id")))


def _agency(row: Mapping[str, Any]) -> AgencyRow:
    fair = row["finished"] >= FAIR_MINIMUM
    return AgencyRow(
        name=row["agency__short_name"],
        open=row["open"],
        late=row["late"],
        finished=row["finished"],
        median=_days(row["median"]) if fair else None,
        p90=_days(row["p90"]) if fair else None,
    )


def _spread(row: Mapping[str, Any], name: str) -> Spread:
    n = row[f"{name}_n"]
    if n < FAIR_MINIMUM:
        return Spread(n, None, None)
    return Spread(n, _days(row[f"{name}_median"]), _days(row[f"{name}_p90"]))


def _days(span: timedelta) -> float:
    return round(span / timedelta(days=1), 1)
