"""Openings in the background: one job an opening, and a sweeper for those that were dropped."""

from datetime import timedelta

from balai.tasks import periodic_platform_task, platform_task, region_task
from provisioning import sample
from provisioning.billing import tasks as billing  # noqa: F401  # Celery looks for tasks here
from provisioning.domains import tasks as domains  # noqa: F401  # Celery reads this file alone
from provisioning.lifecycle import tasks as lifecycle  # noqa: F401  # Celery reads this file alone
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


@region_task(name="provisioning.load_sample")
def load_sample() -> None:
    """Put the modules' sample data into the region."""
    sample.load()


@periodic_platform_task(timedelta(hours=24))
def forget_old_orders() -> int:
    """Remove orders that were never confirmed, 90 days after they were begun."""
    return services.forget_drafts()
