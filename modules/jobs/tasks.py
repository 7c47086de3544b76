"""What the clock does in every region that has a labour market."""

from datetime import timedelta

from django.utils import timezone

from balai.modules import periodic_module_task
from modules.jobs.services import card_sweeping, profiles, searches, seating, sweeping


@periodic_module_task(timedelta(minutes=15))
def end_vacancies() -> None:
    """End the vacancies whose last day is over."""
    sweeping.expire(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def forget_cvs() -> None:
    """Delete CVs that no profile names any more."""
    profiles.sweep(now=timezone.now())


@periodic_module_task(timedelta(hours=6))
def look_after_cards() -> None:
    """End AK/I cards whose last day is over and remind of reports; a day is told once."""
    now = timezone.now()
    card_sweeping.end(now=now)
    card_sweeping.remind(now=now)


@periodic_module_task(timedelta(days=1))
def forget_cards() -> None:
    """Erase papers and sealed data whose time is over."""
    card_sweeping.forget(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def tell_of_new_vacancies() -> None:
    """Have a letter written to everybody for whose kept searches something new has come."""
    searches.announce(now=timezone.now())


@periodic_module_task(timedelta(days=1))
def forget_fairs() -> None:
    """Empty what names people at fairs and in classes that are long over."""
    seating.forget_names(now=timezone.now())
