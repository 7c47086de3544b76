"""Counting working days and working time.

"Within five working days of receipt" does not count the day of receipt, and lasts until the
offices close on the fifth: that is how Indonesian service standards are read (KepmenPANRB
680/2020 counts "hari kerja" from the day after).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from balai.workcal import loader
from balai.workcal.week import Calendar

DAY = timedelta(days=1)


def is_working_day(day: date | datetime, calendar: Calendar | None = None) -> bool:
    """Tell whether the offices are open on ``day``; a moment counts by the region's own date."""
    calendar = calendar or loader.current()
    return calendar.is_working_day(calendar.day_of(day) if isinstance(day, datetime) else day)


def next_working_day(day: date, calendar: Calendar | None = None) -> date:
    """Return the first working day after ``day``."""
    return next(_working_days_after(day, calendar or loader.current()))


def add_working_days(start: datetime, days: int, calendar: Calendar | None = None) -> datetime:
    """Return the moment by which something must be done that has ``days`` working days.

    Args:
        start: an aware moment; its own day does not count.
        days: at least 0. Nothing to wait for (0) means by the end of today, or of the next
            working day when the offices have already closed.

    Returns:
        The closing time of that day, in the region's zone.

    Raises:
        ValueError: for a naive moment or a negative number.
    """
    calendar = calendar or loader.current()
    if days < 0:
        raise ValueError("a deadline lies ahead")
    today = calendar.day_of(start)
    if days == 0:
        if calendar.is_working_day(today) and start < calendar.closing(today):
            return calendar.closing(today)
        days = 1
    ahead = _working_days_after(today, calendar)
    for _ in range(days):
        day = next(ahead)
    return calendar.closing(day)


def working_days_between(start: datetime, end: datetime, calendar: Calendar | None = None) -> int:
    """Return how many working days after the day of ``start`` have begun by the day of ``end``.

    It undoes :func:`add_working_days`; with ``end`` before ``start`` it is negative.

    Raises:
        ValueError: for a naive moment.
    """
    calendar = calendar or loader.current()
    first, last = calendar.day_of(start), calendar.day_of(end)
    if last < first:
        return -working_days_between(end, start, calendar)
    span = (last - first).days
    return sum(calendar.is_working_day(first + DAY * n) for n in range(1, span + 1))


def working_time_between(
    start: datetime, end: datetime, calendar: Calendar | None = None
) -> timedelta:
    """Return how long the offices were open between two moments; never negative."""
    calendar = calendar or loader.current()
    day, last = calendar.day_of(start), calendar.day_of(end)
    total = timedelta()
    while day <= last:
        if calendar.is_working_day(day):
            opened, closed = max(start, calendar.opening(day)), min(end, calendar.closing(day))
            total += max(closed - opened, timedelta())
        day += DAY
    return total


def add_working_time(
    start: datetime, amount: timedelta, calendar: Calendar | None = None
) -> datetime:
    """Return the moment at which the offices have been open for ``amount`` since ``start``.

    Raises:
        ValueError: for a naive moment or a negative amount.
    """
    calendar = calendar or loader.current()
    if amount < timedelta():
        raise ValueError("working time does not run backwards")
    day = calendar.day_of(start)
    while True:
        if calendar.is_working_day(day):
            opened, closed = max(start, calendar.opening(day)), calendar.closing(day)
            if opened <= closed and amount <= closed - opened:
                return opened + amount
            amount -= max(closed - opened, timedelta())
        day += DAY


def _working_days_after(day: date, calendar: Calendar) -> Iterator[date]:
    while True:
        day += DAY
        if calendar.is_working_day(day):
            yield day
