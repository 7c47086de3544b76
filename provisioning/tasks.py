"""Openings in the background: one job an opening, and a sweeper for those that were dropped."""

from datetime import timedelta

from balai.tasks import periodic_platform_task, platform_task
from provisioning.models import Opening
from provisioning.opening import engine, services


@platform_task(name="provisioning.advance")
def advance(uuid: str) -> None:
    """Run the steps that are left of an opening."""
    opening = Opening.objects.filter(uuid=uuid).first()
    if opening is not None:
        engine.advance(opening)


@periodic_platform_task(timedelta(seconds=15))
def resume_stalled() -> int:
    """Send every dropped opening to a worker again; return how many there were."""
    found = list(services.stalled())
    for opening in found:
        advance.delay(str(opening.uuid))
    return len(found)
