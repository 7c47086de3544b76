"""How fast the centre was, from the moments that hold: corrected times count, not wrong ones.

Three times are told, after the NTPD 112 procedure (Kominfo): *answer* from picking up to knowing
what it is, *dispatch* from queued to the first unit sent, *on scene* from picking up to the first
unit there. When a phone rang the centre's exchange knows, not this software.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from balai import context
from modules.emergency.selectors.periods import Period

FAIR_MINIMUM: Final = 5
"""Median and p90 are told from this many cases on: of fewer they say nothing."""

FACTS = """
WITH RECURSIVE
family AS (  -- an incident and those that were merged into it are one
    SELECT id AS main, id FROM emergency_incident
    WHERE created_at >= %(start)s AND created_at < %(end)s AND state <> 'merged'
    UNION ALL
    SELECT f.main, i.id FROM family f JOIN emergency_incident i ON i.merged_into_id = f.id
),
moment AS (
    SELECT f.main, s.id, s.what, s.at, s.corrects_id
    FROM family f JOIN emergency_stamp s ON s.incident_id = f.id
    WHERE s.what IN ('taken', 'queued', 'dispatch', 'arrive')
),
chain AS (  -- a correction names the row whose time was wrong; it may be corrected itself
    SELECT id AS root, id, main, what, at FROM moment WHERE corrects_id IS NULL
    UNION ALL
    SELECT c.root, m.id, m.main, m.what, m.at FROM chain c JOIN moment m ON m.corrects_id = c.id
),
true_moment AS (SELECT DISTINCT ON (root) main, what, at FROM chain ORDER BY root, id DESC),
course AS (
    SELECT main,
        min(at) FILTER (WHERE what = 'taken') AS taken,
        min(at) FILTER (WHERE what = 'queued') AS queued,
        min(at) FILTER (WHERE what = 'dispatch') AS sent,
        min(at) FILTER (WHERE what = 'arrive') AS there
    FROM true_moment GROUP BY main
),
fact AS (
    SELECT i.id, i.category_id, i.agency_id, i.outcome_id, i.state,
        extract(hour FROM coalesce(c.taken, i.created_at) AT TIME ZONE %(zone)s)::int AS hour,
        -- greatest() alone would make 0 seconds of "never"
        CASE WHEN c.queued IS NOT NULL
            THEN greatest(extract(epoch FROM c.queued - c.taken), 0) END AS answer,
        CASE WHEN c.sent IS NOT NULL
            THEN greatest(extract(epoch FROM c.sent - c.queued), 0) END AS dispatch,
        CASE WHEN c.there IS NOT NULL
            THEN greatest(extract(epoch FROM c.there - c.taken), 0) END AS on_scene,
        k.target_minutes * 60 AS target
    FROM emergency_incident i
    JOIN emergency_category k ON k.id = i.category_id
    LEFT JOIN course c ON c.main = i.id
    WHERE i.id IN (SELECT main FROM family)
)
"""
MEASURES = """
    count(*), count(answer), count(dispatch), count(on_scene),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY answer),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY answer),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY dispatch),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY dispatch),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY on_scene),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY on_scene),
    count(*) FILTER (WHERE on_scene <= target)
"""
GROUPED = f"""{FACTS}
SELECT grouping(category_id, agency_id, hour), category_id, agency_id, hour, {MEASURES}
FROM fact GROUP BY GROUPING SETS ((), (category_id), (agency_id), (hour))
"""  # noqa: S608  # no value of a visitor is in it
MONTHLY = f"""{FACTS}
SELECT count(*), count(on_scene), percentile_cont(0.5) WITHIN GROUP (ORDER BY on_scene) FROM fact
"""  # noqa: S608  # as above
OUTCOMES = f"""{FACTS}
SELECT outcome_id, state, count(*) FROM fact GROUP BY outcome_id, state
"""  # noqa: S608  # as above
# What grouping() says of each set: a bit for every column that is not grouped by.
ALL, BY_CATEGORY, BY_AGENCY, BY_HOUR = 0b111, 0b011, 0b101, 0b110


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and p90 in seconds, None below the fair minimum; ``n`` is of how many."""

    n: int = 0
    p50: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How fast help was for a group of incidents; ``met`` is how many came within the target."""

    incidents: int = 0
    answer: Spread = Spread()
    dispatch: Spread = Spread()
    on_scene: Spread = Spread()
    met: int = 0

    @property
    def met_share(self) -> float | None:
        """The share of those reached that were reached within their target, 0 to 1."""
        return self.met / self.on_scene.n if self.on_scene.n else None

    @property
    def unreached(self) -> int:
        """How many nobody has reached: open ones, cancelled ones, those handed over."""
        return self.incidents - self.on_scene.n


@dataclass(frozen=True, slots=True)
class Response:
    """The times of a period: of all incidents, and by category, agency in charge and hour."""

    overall: Times = Times()
    categories: Mapping[int, Times] = field(default_factory=dict)
    agencies: Mapping[int | None, Times] = field(default_factory=dict)
    hours: Mapping[int, Times] = field(default_factory=dict)


def response(period: Period) -> Response:
    """Return how fast the centre was; incidents count where they were queued (1 query).

    Incidents that were merged into another count once, from the first of their calls.
    """
    groups: dict[int, dict[Any, Times]] = {ALL: {}, BY_CATEGORY: {}, BY_AGENCY: {}, BY_HOUR: {}}
    for which, category, agency, hour, *measures in _rows(GROUPED, period):
        key = {ALL: None, BY_CATEGORY: category, BY_AGENCY: agency, BY_HOUR: hour}[which]
        groups[which][key] = _times(measures)
    return Response(
        overall=groups[ALL].get(None, Times()),
        categories=groups[BY_CATEGORY],
        agencies=groups[BY_AGENCY],
        hours=groups[BY_HOUR],
    )


def median_on_scene(period: Period) -> tuple[int, Spread]:
    """Return how many incidents a period has and the median until somebody was there (1 query)."""
    ((incidents, reached, median),) = _rows(MONTHLY, period)
    return incidents, spread(reached, median, None)


def outcomes(period: Period) -> dict[tuple[int | None, str], int]:
    """Return how many incidents have which outcome (None: none) in which state (1 query)."""
    return {(outcome, state): n for outcome, state, n in _rows(OUTCOMES, period)}


def spread(n: int, p50: Any, p90: Any) -> Spread:
    """Return a spread that tells nothing of fewer than FAIR_MINIMUM cases."""
    if n < FAIR_MINIMUM:
        return Spread(n)
    return Spread(n, *(None if value is None else float(value) for value in (p50, p90)))


def _times(measures: Sequence[Any]) -> Times:
    incidents, known, sent, reached, *spans, met = measures
    answer50, answer90, sent50, sent90, there50, there90 = spans
    return Times(
        incidents,
        spread(known, answer50, answer90),
        spread(sent, sent50, sent90),
        spread(reached, there50, there90),
        met,
    )


def _rows(query: str, period: Period) -> list[tuple[Any, ...]]:
    values: dict[str, str | datetime] = {
        "start": period.start, "end": period.end, "zone": str(context.current_region().zone),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
