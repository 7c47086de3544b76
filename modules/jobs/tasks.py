"""What the clock does in every region that has a labour market."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.jobs.services import profiles, sweeping


@periodic_module_task(timedelta(minutes=15))
def end_vacancies() -> None:
    """End the vacancies whose last day is over."""
    sweeping.expire(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def forget_cvs() -> None:
    """Delete CVs that no profile names any more."""
    profiles.sweep(now=timezone.now())
