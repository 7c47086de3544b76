"""A sample year for a region that tries the budget out: marked, and taken away in one go.

The lines come in through the services that imports use, a state for each quarter and the last
month, and the last day of the year before.
"""

import random
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from balai import context
from balai.audit.actor import acting_as
from balai.directory.models import Area
from modules.budget.models import Heading, Line, Snapshot, Total
from modules.budget.sample import course
from modules.budget.services import publishing, taking_in

SOURCE: Final = "Data contoh"
QUARTERS: Final = ((3, 31), (6, 30), (9, 30))
REVISION: Final = (9, 1)
"""From this day on the revised budget is in force: regions revise theirs by the end of September
(Permendagri 77/2020, chapter IV)."""


def load() -> int:
    """Add the sample states unless a budget is there; return how many sample states there are."""
    if not Snapshot.objects.exists():
        chance = random.Random(context.current_region().code)  # noqa: S311  # no secret: same year every time
        districts = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("name")
        scale = min(settings.SAMPLE_SCALE, 1.0)
        planned = course.lines(chance, list(districts.values_list("name", flat=True)), scale)
        with acting_as("sample data"):
            for year, as_of in _days(timezone.localdate()):
                _state(planned, year, as_of)
    return Snapshot.objects.filter(sample=True).count()


@transaction.atomic
def clear() -> int:
    """Take the sample states away; return how many there were."""
    own = list(Snapshot.objects.filter(sample=True).values_list("pk", flat=True))
    Line.objects.filter(snapshot__in=own).delete()
    Total.objects.filter(snapshot__in=own).delete()
    Snapshot.objects.filter(pk__in=own).delete()
    if own and not Snapshot.objects.exists():
        Heading.objects.all().delete()
    return len(own)


def _days(today: date) -> list[tuple[int, date]]:
    """Return (year, as of) of the states, the oldest first."""
    last = today.replace(day=1) - timedelta(days=1)
    own = [date(last.year, month, day) for month, day in QUARTERS]
    days = [day for day in own if day < last] + [last]
    before = last.year - 1
    return [(before, date(before, 12, 31)), *((last.year, day) for day in days)]


@transaction.atomic
def _state(planned: list[course.Planned], year: int, as_of: date) -> None:
    elapsed = Snapshot(year=year, as_of=as_of).elapsed
    revised = as_of >= date(year, *REVISION)
    rows = [line.on(year, as_of, elapsed, revised=revised) for line in planned]
    run = -int(as_of.strftime("%Y%m%d"))  # no import of the kernel has a number below zero
    taking_in.take_in(rows, run=run, source=SOURCE, sample=True)
    for snapshot in taking_in.finish(run=run, whole=True):
        publishing.move(snapshot=snapshot, name="publish", by=None)
