"""Service clocks: a deadline that stands still while somebody else must act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from balai.workcal import arithmetic, loader
from balai.workcal.week import Calendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which a clock stood still; ``end`` is None while it still does."""

    start: datetime
    end: datetime | None = None


def due_at(
    start: datetime,
    days: int,
    pauses: Iterable[Pause] = (),
    *,
    now: datetime,
    calendar: Calendar | None = None,
) -> datetime:
    """Return the deadline of ``days`` working days, put off by every working day of a pause.

    Pauses may overlap or lie before ``start``: a day is only counted once. While a pause lasts,
    the deadline moves along with ``now``.

    Raises:
        ValueError: for a naive moment or a negative number of days.
    """
    calendar = calendar or loader.current()
    paused = sum(
        arithmetic.working_days_between(begin, end, calendar)
        for begin, end in _merged(pauses, start, now)
    )
    return arithmetic.add_working_days(start, days + paused, calendar)


def share_used(
    start: datetime, due: datetime, now: datetime, calendar: Calendar | None = None
) -> float:
    """Return which part of the working time between start and deadline has gone: 0.5 is half.

    It is above 1 once the deadline has passed.
    """
    calendar = calendar or loader.current()
    whole = arithmetic.working_time_between(start, due, calendar)
    if not whole:
        return 1.0 if now >= due else 0.0
    return arithmetic.working_time_between(start, now, calendar) / whole


def _merged(
    pauses: Iterable[Pause], start: datetime, now: datetime
) -> list[tuple[datetime, datetime]]:
    spans = sorted((max(pause.start, start), pause.end or now) for pause in pauses)
    merged: list[tuple[datetime, datetime]] = []
    for begin, end in spans:
        if end - begin <= timedelta():
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
