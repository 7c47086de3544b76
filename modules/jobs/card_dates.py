"""How long an AK/I card is good, and when its holder reports.

Source: Permenaker 39/2016: two years, with a report every six months while without work.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

VALID_MONTHS: Final = 24
REPORT_MONTHS: Final = (6, 12, 18)
REMINDERS: Final = (-14, -3, 7)
"""Days before and after the day of a report on which its holder is written to."""
REPORT_EARLY: Final = timedelta(days=14)
RENEW_EARLY: Final = timedelta(days=30)
ABANDONED: Final = timedelta(days=90)
"""How long an application waits for its correction."""


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(issued: date) -> date:
    """Return the last day a card issued on ``issued`` is good."""
    return add_months(issued, VALID_MONTHS)


def next_due(issued: date, after: date) -> date:
    """Return the first report later than ``after``; after the third one the renewal."""
    days = (add_months(issued, months) for months in REPORT_MONTHS)
    return next((day for day in days if day > after), last_day(issued))


def reminders(due: date, today: date) -> int:
    """Return how many of the reminders of a report should have been written by ``today``."""
    return sum(due + timedelta(days=days) <= today for days in REMINDERS)
