"""What may be asked of the list of requests: ids, kinds, times, states, pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from modules.complaints.open311 import errors

LONGEST: Final = timedelta(days=90)
MOST: Final = 1000
MOST_IDS: Final = 1000
LAST_PAGE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, both included."""

    start: datetime
    end: datetime


def span(told: Mapping[str, str], now: datetime) -> Span:
    """Return the time that is asked for: at most 90 days, the last ones unless it is said.

    Raises:
        Problem: 400 for what is no time, ends before it begins or is longer.
    """
    start, end = _moment(told, "start_date"), _moment(told, "end_date")
    if start is None:
        end = end or now
        start = end - LONGEST
    elif end is None:
        end = min(start + LONGEST, max(now, start))
    if end < start:
        raise errors.bad(_("end_date is before start_date."))
    if end - start > LONGEST:
        raise errors.bad(_("start_date and end_date may not span more than 90 days."))
    return Span(start, end)


def words(told: Mapping[str, str], name: str, known: tuple[str, ...] = ()) -> list[str]:
    """Return the parts of a list separated by commas; 400 for one that is not ``known``."""
    parts = [part.strip() for part in told.get(name, "").split(",") if part.strip()]
    if known and not set(parts) <= set(known):
        raise errors.bad(
            _("%(name)s is one of: %(known)s.") % {"name": name, "known": ", ".join(known)}
        )
    return parts


def page(told: Mapping[str, str]) -> slice:
    """Return which rows to send, by ``page`` (from 1) and ``page_size`` (at most 1000)."""
    size = _number(told, "page_size", MOST, MOST)
    start = (_number(told, "page", 1, LAST_PAGE) - 1) * size
    return slice(start, start + size)


def _number(told: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = told.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and 1 <= int(text) <= most):
        values = {"name": name, "most": most}
        raise errors.bad(_("%(name)s is a whole number from 1 to %(most)s.") % values)
    return int(text)


def _moment(told: Mapping[str, str], name: str) -> datetime | None:
    """Return a time of ISO 8601; one without an offset, and a day, are the region's own.

    A plus sign that was not escaped arrives as a space.
    """
    text = told.get(name, "")
    if not text:
        return None
    text = text.replace(" ", "+") if "T" in text else text
    try:
        found = parse_datetime(text)
        if found is None:
            day = parse_date(text)
            found = datetime.combine(day, time.min) if day else None
        if found is None:
            raise ValueError(text)
        aware = found if timezone.is_aware(found) else timezone.make_aware(found)
        return aware.astimezone(timezone.get_current_timezone())
    except (ValueError, OverflowError) as error:
        words = _("%(name)s is no time. Write it like 2026-05-24T00:00:00Z.")
        raise errors.bad(words % {"name": name}) from error
