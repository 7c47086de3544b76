"""From which day to which: what an address of open data asks for."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from balai.ui import asked
from modules.prices.selectors import opened

FIRST_YEAR: Final = 1990
"""No prices are older: PIHPS and SP2KP begin later."""


class WrongSpan(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for days that cannot be given; says why, for people."""


@dataclass(frozen=True, slots=True)
class Span:
    """Both days belong to it."""

    since: date
    until: date


def read(query: QueryDict, *, usual: int, most: int, today: date) -> Span:
    """Return the days between ``from`` and ``to`` of an address.

    Args:
        usual: so many days up to the newest published one, where the address names none.
        most: as many days are given at once.

    Raises:
        WrongSpan: for what is no date, an end before the beginning, or too long a time.
    """
    until = day(query.get("to", "")) or opened.last_day() or today
    since = day(query.get("from", "")) or until - timedelta(days=usual - 1)
    if since > until:
        raise WrongSpan(_("The first day lies after the last one."))
    if (until - since).days >= most:
        raise WrongSpan(_("At most %(n)s days at once.") % {"n": most})
    return Span(since, until)


def day(text: str) -> date | None:
    """Return the day that "2026-11-25" names, None for nothing.

    Raises:
        WrongSpan: for what is no date, and for one before 1990.
    """
    try:
        found = asked.day(text)
    except ValueError as error:
        raise WrongSpan(_("Write days as 2026-11-25.")) from error
    if found is not None and found.year < FIRST_YEAR:
        raise WrongSpan(_("Write days as 2026-11-25."))
    return found
