"""The figures' clock."""

from celery.schedules import crontab

from balai.aggregates import services as figures
from balai.tasks import periodic_region_task
from provisioning.sharing import services


@periodic_region_task(crontab(hour=19, minute=40))  # 02.40 WIB
def take_figures() -> int:
    """Measure one region and hand over what it shares."""
    return services.hand_over(figures.take())
