"""The jobs of imports."""

from datetime import timedelta

from django.utils import timezone

from balai.importing import services
from balai.tasks import periodic_region_task


@periodic_region_task(timedelta(days=1))
def prune() -> None:
    """Forget uploaded files after 30 days."""
    services.forget_old(now=timezone.now())
