"""What the clock does: vacancies end with their last day."""

from datetime import datetime

from django.utils import timezone

from modules.jobs import workflow
from modules.jobs.models import Vacancy
from modules.jobs.services import vacancies
from modules.jobs.workflow import NotAllowed


def expire(*, now: datetime) -> int:
    """End the vacancies whose last day is over by the region's clock; return how many.

    Each in a transaction of its own: one that moved on meanwhile does not hold up the others.
    """
    today, ended = timezone.localdate(now), 0
    sources = workflow.TABLES[Vacancy][1]["expire"].sources
    over = Vacancy.objects.filter(
        state__in=sources, valid_until__lt=today, published_at__isnull=False
    )
    for vacancy in list(over.defer("search", "description")):
        try:
            vacancies.end("expire", vacancy=vacancy, by=None, now=now)
        except NotAllowed:  # its employer ended it a moment ago
            continue
        ended += 1
    return ended
