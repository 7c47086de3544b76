"""What the clock does: publish at the hour."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.prices.services import publishing


@periodic_module_task(timedelta(minutes=5))
def publish_due() -> None:
    """Publish today's verified prices once it is time."""
    publishing.publish_due(now=timezone.now())
