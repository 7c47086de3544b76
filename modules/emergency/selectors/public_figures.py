"""What everybody may know of the centre: whole months, counts of at least five, one median.

Only whole months are told, so that nobody can take one day's figures from the next. Emergencies
and noise are the only two counts of a month and no sum of them is told, so that a number that is
kept back cannot be worked out. No category and no place is told.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from balai import context
from balai.memo import memo
from modules.emergency.selectors import periods, response, volume

K: Final = 5
MONTHS: Final = 12
SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Month:
    """A month's counts, None for one from 1 to 4, and the median until somebody was there."""

    first: date
    real: int | None
    noise: int | None
    on_scene: float | None


def last_year(now: datetime) -> list[Month]:
    """Return the last twelve whole months that have a call, the newest first; kept for an hour."""
    today = now.astimezone(context.current_region().zone).date()
    return memo(f"emergency:public:{today:%Y%m}", SECONDS, lambda: _read(today))


def _read(today: date) -> list[Month]:
    last = today.replace(day=1) - timedelta(days=1)
    year, month = divmod(last.year * 12 + last.month - MONTHS, 12)
    whole = periods.Period(periods.CHOSEN, date(year, month + 1, 1), last)
    counts = volume.by_month(whole)
    return [
        Month(first, _kept(counts[first][0]), _kept(counts[first][1]), _median(first))
        for first in reversed(whole.months)
        if any(counts[first])
    ]


def _median(first: date) -> float | None:
    """Return the month's median in seconds, None where fewer than five were reached."""
    return response.median_on_scene(periods.around(periods.MONTH, first))[1].p50


def _kept(count: int) -> int | None:
    return None if 0 < count < K else count
