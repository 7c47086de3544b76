"""Working days: the region's calendar, and the arithmetic of "within five working days".

Everything takes an optional ``calendar``; without one the active region's is read (one query
per request at most). Code that computes many dates asks :func:`calendar` once and passes it on.
"""

from balai.workcal.arithmetic import (
    add_working_days,
    add_working_time,
    is_working_day,
    next_working_day,
    working_days_between,
    working_time_between,
)
from balai.workcal.clock import Pause, due_at, share_used
from balai.workcal.loader import current as calendar
from balai.workcal.week import Calendar

__all__ = [
    "Calendar",
    "Pause",
    "add_working_days",
    "add_working_time",
    "calendar",
    "due_at",
    "is_working_day",
    "next_working_day",
    "share_used",
    "working_days_between",
    "working_time_between",
]
