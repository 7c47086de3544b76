"""What was published, as a stream for programs: ten years are 146,000 rows."""

from collections.abc import Iterator
from datetime import date, datetime

from modules.prices.models import DayPrice, Publication
from modules.prices.selectors import published

CHUNK = 2_000


def rows(since: date, until: date) -> Iterator[DayPrice]:
    """Yield each published variety and day in its last revision, by date (1 query)."""
    found = published.last().filter(date__gte=since, date__lte=until)
    return found.order_by("date", "variety_id").iterator(chunk_size=CHUNK)


def last_day() -> date | None:
    """Return the newest published day."""
    return Publication.objects.order_by("-date").values_list("date", flat=True).first()


def last_change() -> datetime | None:
    """Return when anything was published last, a correction of an old day included."""
    newest = Publication.objects.order_by("-published_at")
    return newest.values_list("published_at", flat=True).first()
