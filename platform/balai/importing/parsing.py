"""What cells mean: dates in five spellings, numbers with commas, yes and no."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop

from balai import context
from balai.importing.columns import Invalid

# Days since this one are what spreadsheets store (ECMA-376 18.17.4.1, the 1900 system, whose
# imagined 29 February 1900 moves the beginning by a day).
EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # a wall clock, the zone comes later
SERIAL: Final = re.compile(r"\d{5}([.,]\d+)?\Z")
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000
NUMERIC: Final = re.compile(
    r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4})(?P<rest>.*)\Z", re.S
)
WORDED: Final = re.compile(
    r"(?:[a-z']+,\s*)?(?P<day>\d{1,2})[\s\-]+(?P<month>[a-z]+)\.?[\s\-,]+(?P<year>\d{4})"
    r"(?P<rest>.*)\Z",
    re.I | re.S,
)
ISO: Final = re.compile(
    r"(?P<year>\d{4})[\-/.](?P<month>\d{1,2})[\-/.](?P<day>\d{1,2})(?P<rest>.*)\Z"
)
CLOCK: Final = re.compile(
    r"[\sT,]*(?:pukul|jam|at)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:\.\d+)?\s*(?:WIB|WITA|WIT)?\Z",
    re.I,
)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january", "feb pebruari februari february peb", "mar maret march mrt",
            "apr april", "mei may", "jun juni june", "jul juli july",
            "agu ags agt agustus august aug agst", "sep september sept", "okt oktober october oct",
            "nov november nopember nop", "des desember december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")
YES: Final = frozenset({"ya", "y", "yes", "true", "benar", "1", "x"})
NO: Final = frozenset({"tidak", "tdk", "t", "n", "no", "false", "salah", "0", "-"})
NOT_A_DATE: Final = gettext_noop("“%(value)s” is not a date. Write it as 2019-08-05 or 05/08/2019.")


def moment(text: str) -> datetime:
    """Return an aware time; without an offset it is the region's clock, without a time midnight.

    Day before month, as Indonesians write. Raises Invalid.
    """
    try:
        found = _serial(text) or _written(text)
    except (ValueError, OverflowError) as error:
        raise Invalid(NOT_A_DATE, value=text[:60]) from error
    if found is None:
        raise Invalid(NOT_A_DATE, value=text[:60])
    return found if found.tzinfo else found.replace(tzinfo=context.current_region().zone)


def _serial(text: str) -> datetime | None:
    if not SERIAL.match(text):
        return None
    days = float(text.replace(",", "."))
    if not FIRST_SERIAL <= days <= LAST_SERIAL:
        return None
    return EXCEL_EPOCH + timedelta(minutes=round(days * 24 * 60))


def _written(text: str) -> datetime | None:
    if "T" in text and (parsed := parse_datetime(text)):
        return parsed
    match = ISO.match(text) or NUMERIC.match(text) or WORDED.match(text)
    if match is None:
        return None
    month = match["month"]
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower())
    rest = match["rest"].strip()
    clock = CLOCK.match(rest) if rest else None
    if number is None or (rest and clock is None):
        return None
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second")) if (
        clock
    ) else (0, 0, 0)  # fmt: skip
    return datetime(int(match["year"]), number, int(match["day"]), hour, minute, second)


def number(text: str) -> float:
    """Return a number; a comma or a point before the fraction, none between thousands."""
    if not NUMBER.match(text):
        raise Invalid(gettext_noop("“%(value)s” is not a number."), value=text[:60])
    return float(text.replace(",", "."))


def yes_no(text: str) -> bool:
    """Return True for ya, yes, 1; False for tidak, no, 0."""
    word = text.casefold()
    if word not in YES | NO:
        raise Invalid(gettext_noop("“%(value)s” is neither yes nor no."), value=text[:60])
    return word in YES


def text(*, most: int, least: int = 0) -> Callable[[str], str]:
    """Return a ``parse`` for texts of ``least`` to ``most`` letters."""

    def parse(value: str) -> str:
        if len(value) > most:
            raise Invalid(
                gettext_noop("The text has %(length)s letters; at most %(most)s fit."),
                length=len(value), most=most,
            )  # fmt: skip
        if len(value) < least:
            raise Invalid(gettext_noop("The text needs at least %(least)s letters."), least=least)
        return value

    return parse


def plain(words: str) -> str:
    """Return words as they are compared: small letters and digits with single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())
