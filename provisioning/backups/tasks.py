"""When regions are backed up by themselves."""

from datetime import timedelta
from typing import Final

from balai.tasks import periodic_platform_task, platform_task
from provisioning.backups import keeping

LONGEST: Final = 2 * 3600  # seconds


@periodic_platform_task(timedelta(hours=1))
def back_up_regions() -> int:
    """Send a job for each region whose last backup is a day old; return how many."""
    regions = keeping.due()
    for region in regions:
        back_up.delay(region.pk)
    return len(regions)


@platform_task(name="provisioning.backups.back_up", time_limit=LONGEST)
def back_up(region_id: int) -> None:
    """Back up one region, unless it has been done in the meantime."""
    keeping.back_up_if_due(region_id)
