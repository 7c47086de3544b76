"""What an address asks for, read or refused."""

from datetime import date

from django.http import Http404
from django.utils.dateparse import parse_date


def day_or_404(text: str) -> date | None:
    """Return "2026-11-25" as a date, None for nothing; raises Http404 for what is no date."""
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
