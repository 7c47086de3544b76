"""The spans of time that the centre's figures can be asked for, and what they are compared with.

A day, a week from Monday, a month, a year, or from one day to another: midnights by the region's
own clock (WIB, WITA or WIT), whatever the server's is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from balai import context

DAY, WEEK, MONTH, YEAR, CHOSEN = "day", "week", "month", "year", "chosen"
CHOICES: Final = (
    (DAY, pgettext_lazy("period", "Day")),
    (WEEK, pgettext_lazy("period", "Week")),
    (MONTH, pgettext_lazy("period", "Month")),
    (YEAR, pgettext_lazy("period", "Year")),
    (CHOSEN, pgettext_lazy("period", "From – to")),
)
LONGEST_DAYS: Final = 3 * 366
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the midnight that begins ``first`` to the one that ends ``last``, both dates in it.

    ``until`` cuts a period that is compared with a running one at the same point of its course.
    """

    span: str
    first: date
    last: date
    until: datetime | None = None

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer in it."""
        return self.until or midnight(self.last + ONE)

    @property
    def days(self) -> list[date]:
        """Its days in order."""
        return [self.first + ONE * at for at in range((self.last - self.first).days + 1)]

    @property
    def months(self) -> list[date]:
        """The first days of the months that it touches, in order."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            found.append(day)
            day = next_month(day)
        return found

    def earlier(self) -> "Period":
        """Return the period of the same kind before this one, whole."""
        last = self.first - ONE
        if self.span == MONTH:
            return Period(MONTH, last.replace(day=1), last)
        if self.span == YEAR:
            return Period(YEAR, last.replace(month=1, day=1), last)
        return Period(self.span, self.first - (self.last - self.first) - ONE, last)

    def later(self) -> "Period":
        """Return the period of the same kind after this one."""
        first = self.last + ONE
        if self.span in (MONTH, YEAR):
            return around(self.span, first)
        return Period(self.span, first, first + (self.last - self.first))

    def compared(self, now: datetime) -> "Period":
        """Return what to compare with: the earlier period, of a running one as far as this is.

        Half a month beside a whole one would look like half the calls.
        """
        before = self.earlier()
        if not self.start <= now < self.end:
            return before
        point = before.start + (now - self.start)
        return Period(before.span, before.first, before.last, min(point, before.end))


def parse(given: Mapping[str, str], now: datetime | None = None) -> Period:
    """Return the period that a query asks for; this month for one that cannot be read.

    Args:
        given: ``span`` (see CHOICES), ``day`` in it (ISO), and ``until`` for from-to.
    """
    today = (now or timezone.now()).astimezone(context.current_region().zone).date()
    span = given.get("span", MONTH)
    day = _date(given.get("day", "")) or today
    if span == CHOSEN:
        last = max(_date(given.get("until", "")) or today, day)
        return Period(CHOSEN, max(day, last - ONE * (LONGEST_DAYS - 1)), last)
    return around(span, day)


def around(span: str, day: date) -> Period:
    """Return the day, week, month or year that ``day`` is in; a month for an unknown span."""
    if span == DAY:
        return Period(DAY, day, day)
    if span == WEEK:
        monday = day - ONE * day.weekday()
        return Period(WEEK, monday, monday + 6 * ONE)
    if span == YEAR:
        return Period(YEAR, day.replace(month=1, day=1), day.replace(month=12, day=31))
    return Period(MONTH, day.replace(day=1), next_month(day) - ONE)


def next_month(day: date) -> date:
    """Return the first day of the month after the one of ``day``."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the region."""
    return datetime.combine(day, time.min, context.current_region().zone)


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None
