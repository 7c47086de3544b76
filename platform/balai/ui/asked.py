"""What an address asks for, read or refused."""

from datetime import date
from typing import Final

from django.http import Http404
from django.utils.dateparse import parse_date

FIRST_YEAR: Final = 1900
"""No page tells of earlier days, and what subtracts from the year 1 ends in an error."""


def day(text: str) -> date | None:
    """Return "2026-11-25" as a date, None for nothing.

    Raises:
        ValueError: for what is no date of ours.
    """
    if not text:
        return None
    found = parse_date(text)
    if found is None or found.year < FIRST_YEAR:
        raise ValueError("no date of ours")
    return found


def day_or_404(text: str) -> date | None:
    """Return what :func:`day` does; 404 for what is no date of ours."""
    try:
        return day(text)
    except ValueError as error:
        raise Http404 from error
