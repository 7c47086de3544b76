"""What service clocks tell, every minute, in every region."""

from datetime import timedelta

from django.utils import timezone

from balai.tasks import periodic_region_task
from balai.workcal import clocks


@periodic_region_task(timedelta(minutes=1))
def sweep() -> None:
    """Publish whatever the region's clocks have reached."""
    clocks.sweep(now=timezone.now())
