"""The wall as it was: the last row of each tile at or before a minute."""

import zlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Min

from modules.liveroom.models import Moment

KEPT: Final = timedelta(hours=24)


def state_at(at: datetime) -> dict[str, str]:
    """Return each tile's inside at a minute, "" for one that had gone; one query."""
    rows = Moment.objects.filter(at__lte=at).order_by("key", "-at").distinct("key")
    return {row.key: zlib.decompress(row.html).decode() if row.html else "" for row in rows}


def earliest() -> datetime | None:
    """Return the first minute that can be shown, or None while nothing was kept."""
    found: datetime | None = Moment.objects.order_by().aggregate(first=Min("at"))["first"]
    return found


def neighbours(at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the minutes before and after this state in which the wall changed; two queries."""
    here = Moment.objects.order_by().filter(at__lte=at).aggregate(at=Max("at"))["at"]
    before = Moment.objects.order_by().filter(at__lt=here or at).aggregate(at=Max("at"))["at"]
    after = Moment.objects.order_by().filter(at__gt=at).aggregate(at=Min("at"))["at"]
    return before, after
