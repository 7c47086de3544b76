"""The spans of time that the page of figures can be asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHOICES: tuple[tuple[str, str | Promise], ...] = (
    ("year", _("Last twelve months")),
    ("quarter", _("Last 90 days")),
    ("month", _("Last 30 days")),
    ("this-year", _("This year")),
    ("last-year", _("Last year")),
)
DAYS = {"quarter": 90, "month": 30}


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` on and before ``end``: midnights by the region's clock."""

    name: str
    start: datetime
    end: datetime

    @property
    def months(self) -> list[date]:
        """The first days of the months that the period touches, in order."""
        found, day = [], self.start.date().replace(day=1)
        while day < self.end.date():
            found.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        return found

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end.date() - timedelta(days=1)


def parse(name: str, now: datetime | None = None) -> Period:
    """Return the period called ``name``, the last twelve months for an unknown name.

    Args:
        now: an aware moment, the present by default.
    """
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow, january = _day(today, 1), today.replace(month=1, day=1)
    if name in DAYS:
        return Period(name, _day(tomorrow, -DAYS[name]), tomorrow)
    if name == "this-year":
        return Period(name, january, tomorrow)
    if name == "last-year":
        return Period(name, january.replace(year=january.year - 1), january)
    first = today.replace(day=1)
    year, month = divmod(first.year * 12 + first.month - 1 - 11, 12)
    return Period(CHOICES[0][0], first.replace(year=year, month=month + 1), tomorrow)


def _day(moment: datetime, days: int) -> datetime:
    """Return midnight some days on: by the calendar, whatever the zone's clocks do."""
    return moment + timedelta(days=days)
