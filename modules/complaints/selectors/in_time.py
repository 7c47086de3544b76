"""How many reports were resolved within the working days of their kind.

Counted from receipt, pauses included, as a citizen counts. An open report whose days are over is
late already; one that still has time is left out of the share.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from balai import context, workcal
from modules.complaints.models import Complaint
from modules.complaints.selectors.figures import FAIR_MINIMUM
from modules.complaints.selectors.periods import Period
from modules.complaints.states import DONE, OPEN

# A day's ordinal is the number of working days up to it: the difference of two is how many lie
# between, exactly as workcal.working_days_between counts them.
_SQL = """
WITH told (created_at, resolved_at, state, klass, allowed, agency) AS ({rows}),
days (day, ordinal) AS (SELECT * FROM unnest(%s::date[], %s::int[])),
spans AS (
    SELECT klass, agency, allowed, state = ANY(%s) AS done,
           (CASE WHEN state = ANY(%s) THEN ended.ordinal ELSE %s END) - began.ordinal AS spent
      FROM told
      JOIN days began ON began.day = (created_at AT TIME ZONE %s)::date
      LEFT JOIN days ended ON ended.day = (resolved_at AT TIME ZONE %s)::date
     WHERE state = ANY(%s)
)
SELECT klass, agency, count(*) FILTER (WHERE done AND spent <= allowed), count(*)
  FROM spans WHERE done OR spent > allowed GROUP BY klass, agency
"""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those that had to be resolved were so in time."""

    kept: int = 0
    due: int = 0

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None for fewer than 20 cases."""
        return self.kept / self.due if self.due >= FAIR_MINIMUM else None


@dataclass(frozen=True, slots=True)
class Kept:
    """Shares by class and by agency (its pk)."""

    by_class: Mapping[str, Share]
    by_agency: Mapping[int, Share]


def in_time(rows: QuerySet[Complaint], period: Period) -> Kept:
    """Return how many of ``rows``, received in ``period``, kept to their days; one statement."""
    found = _read(rows, period)
    return Kept(
        by_class=_sum((klass, kept, due) for klass, _agency, kept, due in found),
        by_agency=_sum((agency, kept, due) for _klass, agency, kept, due in found if agency),
    )


def _read(rows: QuerySet[Complaint], period: Period) -> list[tuple[Any, ...]]:
    told = rows.order_by().values_list(
        "created_at", "resolved_at", "state", "category__klass", "category__days", "agency_id"
    )
    try:
        inner, values = told.query.sql_with_params()
    except EmptyResultSet:
        return []
    days, ordinals = _ordinals(period.start.date(), timezone.localdate())
    zone, done = context.current_region().zone.key, list(DONE)
    last = ordinals[-1] if ordinals else 0
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL.format(rows=inner),
            [*values, days, ordinals, done, done, last, zone, zone, [*done, *OPEN]],
        )
        return list(cursor.fetchall())


def _ordinals(first: date, last: date) -> tuple[list[date], list[int]]:
    calendar = workcal.calendar()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    ordinals, count = [], 0
    for day in days:
        count += calendar.is_working_day(day)
        ordinals.append(count)
    return days, ordinals


def _sum(rows: Iterable[tuple[Any, int, int]]) -> dict[Any, Share]:
    found: dict[Any, Share] = {}
    for name, kept, due in rows:
        before = found.get(name, Share())
        found[name] = Share(before.kept + kept, before.due + due)
    return found
