"""What an address asks for, read or refused."""

from datetime import date
from typing import Final

from django.http import Http404
from django.utils.dateparse import parse_date

FIRST_YEAR: Final = 1900
"""No page tells of earlier days, and what subtracts from the year 1 ends in an error."""


def day_or_404(text: str) -> date | None:
    """Return "2026-11-25" as a date, None for nothing; 404 for what is no date of ours."""
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None or found.year < FIRST_YEAR:
        raise Http404
    return found
