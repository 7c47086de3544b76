"""Clocks of the operators' console."""

from datetime import timedelta

from balai.tasks import periodic_platform_task, periodic_region_task
from provisioning.operators import health, maintenance, visits


@periodic_region_task(timedelta(minutes=15))
def measure_region() -> None:
    """Measure one region."""
    health.measure()


@periodic_platform_task(timedelta(hours=1))
def compare_fleet() -> int:
    """Compare all regions with the release."""
    return health.compare()


@periodic_platform_task(timedelta(minutes=1))
def end_visits() -> int:
    """End visits whose time is over, let old requests lapse."""
    return visits.tidy()


@periodic_platform_task(timedelta(minutes=1))
def show_notices() -> int:
    """Have pages show the notices of planned work that concern them."""
    return maintenance.refresh()
