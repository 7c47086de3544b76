"""Dates, times, money and numbers the way Indonesians write them, in both languages."""

from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext, ngettext

from balai import context

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA",
              "Asia/Jayapura": "WIT"}  # fmt: skip
DEFAULT_ZONE = ZoneInfo("Asia/Jakarta")


def zone() -> tzinfo:
    """Return the region's time zone; the platform's own pages use Jakarta's."""
    region = context.region_or_none()
    return region.zone if region else DEFAULT_ZONE


def local(moment: datetime) -> datetime:
    """Return ``moment`` in the region's zone. Raises ValueError when it has no zone at all."""
    return timezone.localtime(moment, zone())


def long_date(value: date | datetime) -> str:
    """Return "Jumat, 4 Desember 2026"; a moment is first put in the region's zone."""
    return dateformat.format(_day(value), "l, j F Y")


def short_date(value: date | datetime) -> str:
    """Return "4 Des 2026", or "4 Des" within the current year."""
    day = _day(value)
    same_year = day.year == local(timezone.now()).year
    return dateformat.format(day, "j M" if same_year else "j M Y")


def clock(moment: datetime) -> str:
    """Return "16.20 WIB" (in English "16:20 WIB")."""
    there = local(moment)
    return f"{hour(there.time())} {zone_name(there)}"


def hour(value: time) -> str:
    """Return a time of day without a zone: "16.20" (in English "16:20")."""
    return f"{value:%H}{'.' if _indonesian() else ':'}{value:%M}"


def moment(value: datetime) -> str:
    """Return "Jumat, 4 Desember 2026, 16.20 WIB"."""
    return f"{long_date(value)}, {clock(value)}"


def zone_name(there: datetime) -> str:
    """Return the zone's everyday name: WIB, WITA, WIT or its abbreviation elsewhere."""
    return ZONE_NAMES.get(str(there.tzinfo), there.tzname() or "")


def ago(value: datetime, now: datetime | None = None) -> str:
    """Return how long ago ``value`` was, in words; older than a week it is a date.

    Args:
        value: an aware moment; one that lies ahead counts as "just now".
        now: what to measure from, for tests.
    """
    seconds = int(((now or timezone.now()) - value).total_seconds())
    if seconds < 60:
        return gettext("just now")
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if hours < 1:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    if days < 1:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    if days <= 7:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    return short_date(value)


def rupiah(amount: int | float | Decimal) -> str:
    """Return "Rp13.500" (in English "Rp13,500"); whole rupiah, a minus stands before "Rp"."""
    value = _rounded(amount, 0)
    return f"{'-' if value < 0 else ''}Rp{number(abs(value))}"


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """Return ``value`` with the language's thousands and decimal marks: "1.234,5".

    With ``places`` it is rounded half up, as in school; without it is shown as it is.
    """
    if places is not None:
        value = _rounded(value, places)
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


def percent(share: float, places: int = 0) -> str:
    """Return a share between 0 and 1 as "62%"."""
    return f"{number(Decimal(str(share)) * 100, places)}%"


def _rounded(value: int | float | Decimal, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _day(value: date | datetime) -> date:
    return local(value).date() if isinstance(value, datetime) else value


def _indonesian() -> bool:
    return (get_language() or "id").startswith("id")
