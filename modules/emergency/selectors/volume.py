"""How many calls came, of what kind and when: emergencies and noise honestly apart."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from balai import context
from modules.emergency.selectors.periods import Period
from modules.emergency.selectors.response import Spread, spread
from modules.emergency.states import NOISE, CallType

COUNTS: Final = """
SELECT kind, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM classified_at - answered_at)),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM classified_at - answered_at))
FROM emergency_call WHERE answered_at >= %s AND answered_at < %s GROUP BY kind
"""
# Weekday and hour by the region's clock; Monday is 1.
CLOCK: Final = """
SELECT kind = 'normal', extract(isodow FROM at)::int, extract(hour FROM at)::int, count(*)
FROM (SELECT kind, answered_at AT TIME ZONE %s AS at FROM emergency_call
      WHERE answered_at >= %s AND answered_at < %s) AS calls
GROUP BY 1, 2, 3
"""
COURSE: Final = """
SELECT date_trunc(%s, answered_at AT TIME ZONE %s)::date, kind = 'normal', count(*)
FROM emergency_call WHERE answered_at >= %s AND answered_at < %s GROUP BY 1, 2
"""
Cells = Mapping[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Volume:
    """The calls of a period by type, and how long it took to know their type."""

    kinds: Mapping[str, int]
    answer: Mapping[str, Spread]

    @property
    def total(self) -> int:
        """How many calls came in."""
        return sum(self.kinds.values())

    @property
    def real(self) -> int:
        """How many were emergencies."""
        return self.kinds.get(CallType.NORMAL, 0)

    @property
    def noise(self) -> int:
        """How many were anything else: pranks, ghosts, questions, tests, other areas."""
        return sum(self.kinds.get(kind, 0) for kind in NOISE)

    @property
    def real_share(self) -> float | None:
        """Emergencies among all calls, 0 to 1; None without a call."""
        return self.real / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Clock:
    """Calls by (weekday from 1 = Monday, hour): emergencies and noise."""

    real: Cells
    noise: Cells


def volume(period: Period) -> Volume:
    """Return the calls of a period by type (1 query)."""
    rows = _rows(COUNTS, period.start, period.end)
    return Volume(
        kinds={kind: n for kind, n, _p50, _p90 in rows},
        answer={kind: spread(n, p50, p90) for kind, n, p50, p90 in rows},
    )


def clock(period: Period) -> Clock:
    """Return when calls come: by weekday and hour of the region's clock (1 query)."""
    real: Counter[tuple[int, int]] = Counter()
    noise: Counter[tuple[int, int]] = Counter()
    for emergency, weekday, hour, n in _rows(CLOCK, _zone(), period.start, period.end):
        (real if emergency else noise)[weekday, hour] = n
    return Clock(real, noise)


def course(period: Period) -> dict[date, tuple[int, int]]:
    """Return (emergencies, noise) by day, by month where it is longer than 62 days (1 query)."""
    unit = "day" if len(period.days) <= 62 else "month"
    found = dict.fromkeys(period.days if unit == "day" else period.months, (0, 0))
    for day, emergency, n in _rows(COURSE, unit, _zone(), period.start, period.end):
        real, noise = found.get(day, (0, 0))
        found[day] = (n, noise) if emergency else (real, n)
    return found


def by_month(period: Period) -> dict[date, tuple[int, int]]:
    """Return (emergencies, noise) of each month that the period touches (1 query)."""
    found = dict.fromkeys(period.months, (0, 0))
    for day, emergency, n in _rows(COURSE, "month", _zone(), period.start, period.end):
        real, noise = found[day]
        found[day] = (n, noise) if emergency else (real, n)
    return found


def _zone() -> str:
    return str(context.current_region().zone)


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
