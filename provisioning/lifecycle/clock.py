"""One round of the life cycle's clocks: sandboxes, bills, endings. Each part may be repeated."""

from datetime import datetime, timedelta
from typing import Final

import structlog
from django.core.exceptions import ValidationError
from django.utils import timezone

from balai.away import passed_over
from provisioning.billing import reminders
from provisioning.lifecycle import dues, ending, notices, sandbox
from provisioning.lifecycle.dues import REMIND_FROM, RESTRICT_FROM, Stage
from provisioning.models import Dues, Ending
from tenants.models import Region

log = structlog.get_logger(__name__)
WARN_DAYS: Final = (7, 1)
REMIND_EVERY: Final = 10


def turn(now: datetime | None = None) -> None:
    """Do what is due in every region. Runs on the platform."""
    moment = now or timezone.now()
    sandbox.turn(moment)
    _bills(moment)
    _endings(moment)


def _bills(now: datetime) -> None:
    for row in Dues.objects.select_related("region"):
        with passed_over(row.region.slug):
            found = dues.review(row.region, overdue_since=row.overdue_since, now=now)
            if found is not None and found.stage != Stage.PAID:
                _remind(row.region, row.overdue_since, found)


def _remind(region: Region, since: datetime, found: dues.Review) -> None:
    """Mail once when it begins, every tenth day from day 31, once when publishing stops.

    When it begins the admins get one letter: billing's with the invoice, where they get that.
    """
    until = since + timedelta(days=RESTRICT_FROM)
    bill = f"{since:%Y-%m-%d}"
    if found.stage == Stage.RESTRICTED:
        notices.plan(region, f"restricted:{bill}", "restricted", since=since)
        return
    if found.stage == Stage.BANNER and reminders.tells_admins(region, since):
        return
    rounds = 0 if found.stage == Stage.BANNER else 1 + (found.day - REMIND_FROM) // REMIND_EVERY
    notices.plan(region, f"overdue-{rounds}:{bill}", "overdue", since=since, until=until)


def _endings(now: datetime) -> None:
    ending.lapse(now)
    running = Ending.objects.filter(taken_back_at=None, closed_at=None, ends_at__gt=now)
    for row in running.select_related("region"):
        for days in sorted(WARN_DAYS):
            if row.ends_at and row.ends_at - now <= timedelta(days=days):
                kind = "sandbox_over" if row.cause == "sandbox" else "ending"
                notices.plan(row.region, f"ending-{days}:{row.pk}", kind, until=row.ends_at)
                break
    for row in ending.due(now):
        try:
            with passed_over(row.region.slug):
                ending.close(row, now=now)
        except ValidationError:
            log.info("ending_not_due", ending=row.pk)
