"""Exports in the background: one job an export, and a sweeper for those that were dropped."""

from datetime import timedelta
from typing import Final

from balai.tasks import periodic_platform_task, platform_task
from provisioning.exports import services, work

LONGEST: Final = 6 * 3600  # seconds; a large city's photos take their time


@platform_task(name="provisioning.exports.run", time_limit=LONGEST)
def run(uuid: str) -> None:
    """Make the archive, or go on with it."""
    work.run(uuid)


@periodic_platform_task(timedelta(seconds=30))
def send_waiting() -> int:
    """Send every export that nobody works on to a worker; return how many there were."""
    found = work.waiting()
    for uuid in found:
        run.delay(uuid)
    return len(found)


@periodic_platform_task(timedelta(hours=1))
def keep_exports() -> None:
    """Order what closing regions must be offered, and delete what was kept long enough."""
    work.order_for_closing()
    services.expire()
