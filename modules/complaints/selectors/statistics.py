"""What the page of figures tells: counts, times and shares of public reports, nobody's own.

Time to resolve runs from receipt to the last resolution, so a report that was opened again counts
with all it took. Median, p90 and shares are told from 20 cases on: fewer would be unfair.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth

from balai.memo import memo
from modules.complaints.models import Complaint
from modules.complaints.selectors import public
from modules.complaints.selectors.figures import FAIR_MINIMUM, Percentile
from modules.complaints.selectors.in_time import Kept, in_time
from modules.complaints.selectors.periods import Period
from modules.complaints.selectors.suppression import Table, table
from modules.complaints.states import DONE, OPEN

SECONDS = 300
MANY = 500


@dataclass(frozen=True, slots=True)
class Times:
    """How long finished reports took, in days; None where fewer than 20 are finished."""

    finished: int = 0
    reopened: int = 0
    median: float | None = None
    p90: float | None = None

    @property
    def fair(self) -> bool:
        """Whether there are enough cases to compare."""
        return self.finished >= FAIR_MINIMUM

    @property
    def reopened_share(self) -> float | None:
        """The share of finished reports whose reporter said "not mended"."""
        return self.reopened / self.finished if self.fair else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of one period.

    ``crossed`` counts by kecamatan (None: unknown) and group of kinds, small numbers kept back; its
    margins are what may be told of each alone, so that nothing can be worked out.
    """

    received: Mapping[date, int]
    resolved: Mapping[date, int]
    by_state: Mapping[str, int]
    crossed: Table
    overall: Times
    agencies: Mapping[int, Times]
    classes: Mapping[str, Times]
    kept: Kept

    @property
    def total(self) -> int:
        """How many reports came in."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """How many of those that came in are still open."""
        return sum(self.by_state.get(state, 0) for state in OPEN)


def statistics(period: Period) -> Statistics:
    """Return the figures of a period; seven statements. With many reports they are kept a while."""
    key = f"complaints:statistics:{period.start:%Y%m%d}:{period.end:%Y%m%d}"
    return memo(key, SECONDS, lambda: _read(period), keep=lambda found: found.total >= MANY)


def _read(period: Period) -> Statistics:
    rows = public.listed()
    came = rows.filter(created_at__gte=period.start, created_at__lt=period.end)
    ended = rows.filter(resolved_at__gte=period.start, resolved_at__lt=period.end)
    group = Coalesce("category__parent", "category")
    by_state: Counter[str] = Counter()
    cells: Counter[tuple[int | None, int]] = Counter()
    for state, district, kind, n in came.values_list("state", "district", group).annotate(
        n=Count("id")
    ):
        by_state[state] += n
        cells[district, kind] += n
    return Statistics(
        received=_by_month(came, "created_at", period),
        resolved=_by_month(ended.filter(state__in=DONE), "resolved_at", period),
        by_state=by_state,
        crossed=table(cells),
        overall=_times(ended.aggregate(**_measures())),
        agencies=times_by(ended.exclude(agency=None), "agency"),
        classes=times_by(ended, "category__klass"),
        kept=in_time(came, period),
    )


def _by_month(rows: QuerySet[Complaint], field: str, period: Period) -> dict[date, int]:
    month = TruncMonth(field, tzinfo=period.start.tzinfo)
    found = {
        at.date(): n for at, n in rows.values_list(month).annotate(n=Count("id")) if at is not None
    }
    return {first: found.get(first, 0) for first in period.months}


def _measures() -> dict[str, Any]:
    spent = ExpressionWrapper(F("resolved_at") - F("created_at"), DurationField())
    done = Q(state__in=DONE)
    return {
        "finished": Count("id"),
        "reopened": Count("id", filter=Q(reopenings__gt=0)),
        "median": Percentile(spent, share=0.5, filter=done),
        "p90": Percentile(spent, share=0.9, filter=done),
    }


def times_by(rows: QuerySet[Complaint], field: str) -> dict[Any, Times]:
    """Return how long finished reports took, by a field of theirs (one statement)."""
    found = rows.values(field).annotate(**_measures())
    return {row.pop(field): _times(row) for row in found}


def _times(row: dict[str, Any]) -> Times:
    fair = row["finished"] >= FAIR_MINIMUM
    return Times(
        finished=row["finished"],
        reopened=row["reopened"],
        median=_days(row["median"]) if fair else None,
        p90=_days(row["p90"]) if fair else None,
    )


def _days(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(days=1), 1)
