"""When a clock must tell something: half of the time, all of it, one rung after another."""

import math
from datetime import datetime, timedelta

from balai.workcal import arithmetic
from balai.workcal.clock import share_used
from balai.workcal.models import Clock
from balai.workcal.week import Calendar

HALF = 0.5
TOLD_DUE = 2
"""The stage of a clock whose deadline has been told."""


def wind(clock: Clock, calendar: Calendar) -> None:
    """Set ``half_at``, ``due_at`` and ``next_at`` from what the clock gives and has used."""
    clock.version = calendar.version
    clock.due_at = _add(clock, clock.counted_from, clock.days, calendar)
    clock.half_at = _half(clock, clock.due_at, calendar)
    clock.next_at = next_at(clock, calendar)


def next_at(clock: Clock, calendar: Calendar) -> datetime | None:
    """Return the moment of the next thing to tell, or None when all has been told."""
    if clock.stage < TOLD_DUE:
        return clock.half_at if clock.stage == 0 else clock.due_at
    rung = clock.stage - TOLD_DUE
    if rung >= len(clock.climb) or clock.due_at is None:
        return None
    after = int(clock.climb[rung])
    return _add(clock, clock.due_at, after, calendar) if after else clock.due_at


def days_left(clock: Clock, now: datetime, calendar: Calendar) -> int:
    """Return how many days a running clock still gives at ``now``, at least one."""
    due = clock.due_at or now
    if clock.plain_days:
        left = math.ceil((due - now) / timedelta(days=1))
    else:
        left = arithmetic.working_days_between(now, due, calendar)
    return max(left, 1)


def share_gone(clock: Clock, now: datetime, calendar: Calendar) -> float:
    """Return which part of the time the clock gave has gone by ``now``: 0 to 1."""
    due = clock.due_at or now
    if clock.plain_days:
        whole = due - clock.counted_from
        part = (now - clock.counted_from) / whole if whole else 1.0
    else:
        part = share_used(clock.counted_from, due, now, calendar)
    return clock.used + (1 - clock.used) * min(max(part, 0.0), 1.0)


def _half(clock: Clock, due: datetime, calendar: Calendar) -> datetime:
    """Return when half is gone, counting what was used before the clock last rested."""
    share = (HALF - clock.used) / (1 - clock.used) if clock.used < HALF else 0.0
    start = clock.counted_from
    if clock.plain_days:
        return start + (due - start) * share
    open_for = arithmetic.working_time_between(start, due, calendar)
    return min(arithmetic.add_working_time(start, open_for * share, calendar), due)


def _add(clock: Clock, start: datetime, days: int, calendar: Calendar) -> datetime:
    if clock.plain_days:
        return start + timedelta(days=days)
    return arithmetic.add_working_days(start, days, calendar)
