"""When the clocks of regions' lives turn."""

from datetime import timedelta

from balai.tasks import periodic_platform_task
from provisioning.lifecycle import clock, notices


@periodic_platform_task(timedelta(hours=1))
def turn_clocks() -> None:
    """Do what is due: warnings, restrictions, endings."""
    clock.turn()


@periodic_platform_task(timedelta(minutes=5))
def send_notices() -> int:
    """Mail what is waiting; return how many went out."""
    return notices.send_waiting()
