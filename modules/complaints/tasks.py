"""What the clock does, every quarter of an hour, in every region that takes reports."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.complaints import services


@periodic_module_task(timedelta(minutes=15))
def sweep() -> None:
    """Close what the reporters left open, end what was never answered, remind."""
    services.sweep(now=timezone.now())
