"""A calendar as plain data: time zone, office hours, days off. It knows no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

Hours = tuple[time, time] | None
Week = tuple[Hours, ...]

# Perpres 21/2023 section 4: 37.5 hours a week from 07.30, half an hour longer on Fridays.
OFFICE_WEEK: Final[Week] = (
    *[(time(7, 30), time(16, 0))] * 4,
    (time(7, 30), time(16, 30)),
    None,
    None,
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a region's offices are open.

    Args:
        zone: where "today" and "16.00" are meant.
        holidays: days off and what they are called.
        week: opening and closing time for Monday to Sunday; None is a day off.
        version: which state of the region's calendar this is; two of one version are the same.

    Raises:
        ValueError: for a week that is not seven days, is never open, or closes before it opens.
    """

    zone: ZoneInfo
    holidays: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    week: Week = OFFICE_WEEK
    version: UUID | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("a week has seven days and is open on at least one of them")
        if any(hours and hours[0] >= hours[1] for hours in self.week):
            raise ValueError("an office closes after it opens")

    def day_of(self, moment: datetime) -> date:
        """Return the local date of an aware moment. Raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return moment.astimezone(self.zone).date()

    def is_working_day(self, day: date) -> bool:
        """Tell whether the offices are open at all on ``day``."""
        return self.week[day.weekday()] is not None and day not in self.holidays

    def opening(self, day: date) -> datetime:
        """Return when the offices open on a working day. Raises ValueError on a day off."""
        return datetime.combine(day, self._hours(day)[0], self.zone)

    def closing(self, day: date) -> datetime:
        """Return when the offices close on a working day. Raises ValueError on a day off."""
        return datetime.combine(day, self._hours(day)[1], self.zone)

    def _hours(self, day: date) -> tuple[time, time]:
        hours = self.week[day.weekday()]
        if hours is None or day in self.holidays:
            raise ValueError(f"{day} is no working day")
        return hours


def parse_week(stored: Sequence[Sequence[str] | None]) -> Week:
    """Return office hours from their stored form; an empty list means the usual week.

    Raises:
        ValueError: for a time that is none.
    """
    if not stored:
        return OFFICE_WEEK
    return tuple(
        (time.fromisoformat(hours[0]), time.fromisoformat(hours[1])) if hours else None
        for hours in stored
    )


def dump_week(week: Iterable[Hours]) -> list[list[str] | None]:
    """Return office hours in the form that is stored: [["07:30", "16:00"], ..., null]."""
    return [[f"{h[0]:%H:%M}", f"{h[1]:%H:%M}"] if h else None for h in week]
