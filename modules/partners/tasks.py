"""What runs by itself."""

from celery.schedules import crontab
from django.utils import timezone

from balai.modules import periodic_module_task
from modules.partners.services import documents, reminding


@periodic_module_task(crontab(hour=1, minute=20))
def remind_of_endings() -> int:
    """Tell in the morning which co-operations end soon (08.20 WIB)."""
    return reminding.remind()


@periodic_module_task(crontab(hour=18, minute=40))
def sweep_papers() -> int:
    """Delete files that no co-operation names."""
    return documents.sweep(now=timezone.now())
