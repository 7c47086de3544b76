"""What the clock does: look whether apps answer, retire those whose last day is over."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import module_task, periodic_module_task
from modules.catalogue.selectors import health
from modules.catalogue.services import moving, probing

TOGETHER = 20
"""Apps of one job: at most 80 seconds when none answers; what is left comes first next time."""
SECONDS = 40.0


@periodic_module_task(timedelta(minutes=5))
def look() -> None:
    """Send the apps out to be looked at, some at a time: a worker that is busy holds few."""
    pks = health.due()
    for start in range(0, len(pks), TOGETHER):
        look_at.delay(pks[start : start + TOGETHER])


@module_task()
def look_at(pks: list[int]) -> int:
    """Look at some apps; return how many there was time for."""
    return probing.probe(pks=pks, seconds=SECONDS)


@periodic_module_task(timedelta(hours=1))
def retire_due() -> int:
    """Retire apps whose last day is over."""
    return moving.retire_due(today=timezone.localdate())
