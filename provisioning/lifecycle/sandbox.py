"""The sandbox's clock: 30 days, then 14 days in which it can be read, exported or go live."""

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai import context
from balai.away import passed_over
from provisioning.lifecycle import ending, notices
from provisioning.lifecycle.moves import move
from provisioning.models import Ending, EndingCause, GoLiveRequest
from tenants.models import Region
from tenants.states import State

GRACE_DAYS: Final = 14
WARN_DAYS: Final = (7, 1)
CLOCK: Final = gettext_noop("sandbox clock")
OVER: Final = gettext_noop("The 30 days of the sandbox are over.")
MOST_DAYS: Final = 90


def turn(now: datetime) -> int:
    """Warn sandboxes before their end and end those that ran out; return how many ended.

    While operators owe an answer to a request to go live, none runs out. On the platform.
    """
    count = 0
    for row in Region.objects.filter(state=State.SANDBOX, sandbox_until__isnull=False):
        until: datetime = row.sandbox_until
        if now >= until:
            with passed_over(row.slug):
                count += run_out(row, now=now)
            continue
        for days in sorted(WARN_DAYS):
            if until - now <= timedelta(days=days):
                key = f"sandbox-{days}:{until:%Y-%m-%d}"
                notices.plan(row, key, "sandbox_soon", until=until)
                break
    return count


@transaction.atomic
def run_out(row: Region, *, now: datetime) -> bool:
    """End a sandbox whose time is over: read only, for 14 days. Runs on the platform."""
    row = Region.objects.select_for_update().get(pk=row.pk)
    asked = GoLiveRequest.objects.filter(region=row, decided_at=None).exists()
    gone = row.state != State.SANDBOX or not row.sandbox_until or row.sandbox_until > now
    if gone or asked:
        return False
    waiting = ending.current(row.pk)
    if waiting is not None:  # asked for, not confirmed: the clock is faster than the second person
        waiting.taken_back_at, waiting.taken_back_by = now, CLOCK
        waiting.save(update_fields=["taken_back_at", "taken_back_by"])
    begun = Ending(region=row, cause=EndingCause.SANDBOX, asked_at=now, asked_by=CLOCK)
    ending.begin(begun, row, days=GRACE_DAYS, by=CLOCK, why=OVER, now=now)
    notices.plan(row, f"sandbox-over:{begun.pk}", "sandbox_over", until=begun.ends_at)
    return True


def may_go_live(row: Region) -> bool:
    """Tell whether the region may ask to go live: a sandbox, also one in its days of grace."""
    if row.state == State.SANDBOX:
        return True
    found = ending.current(row.pk)
    return row.state == State.CLOSING and found is not None and found.cause == EndingCause.SANDBOX


def leave(row: Region, *, by: str, why: str) -> None:
    """Make a sandbox, also one in its days of grace, active. Runs on the platform."""
    found = ending.current(row.pk)
    if row.state == State.CLOSING and found is not None:
        ending.stop(found, row, by=by, why=why, to=State.ACTIVE)
    else:
        move(row, State.ACTIVE, by=by, why=why)


@transaction.atomic
def extend(row: Region, *, days: int, by: str, now: datetime | None = None) -> Region:
    """Give a sandbox more days, counted from today; an operator's decision. On the platform.

    Raises:
        ValidationError: for what is no sandbox, or more than 90 days.
    """
    moment = now or timezone.now()
    with context.platform():
        locked: Region = Region.objects.select_for_update().get(pk=row.pk)
        if not may_go_live(locked) or not 1 <= days <= MOST_DAYS:
            raise ValidationError(_("Only a sandbox can be prolonged, by 1 to 90 days."))
        found = ending.current(locked.pk)
        if locked.state == State.CLOSING and found is not None:
            why = gettext_noop("The sandbox was prolonged.")
            ending.stop(found, locked, by=by, why=why, to=State.SANDBOX, now=moment)
        locked.sandbox_until = moment + timedelta(days=days)
        locked.save(update_fields=["sandbox_until"])
    return locked
