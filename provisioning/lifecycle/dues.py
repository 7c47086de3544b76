"""What an unpaid bill does to a region's state, and from which day on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from balai import context
from provisioning.lifecycle.moves import move
from provisioning.models import Dues
from tenants.models import Region
from tenants.states import State

CLOCK: Final = gettext_noop("billing clock")
REMIND_FROM: Final = 31
RESTRICT_FROM: Final = 61
REVIEWED: Final = frozenset({State.ACTIVE, State.PAST_DUE, State.RESTRICTED})


class Stage(StrEnum):
    """How far an unpaid bill has come."""

    PAID = "paid"
    BANNER = "banner"
    REMINDERS = "reminders"
    RESTRICTED = "restricted"


STATES: Final = {
    Stage.PAID: State.ACTIVE,
    Stage.BANNER: State.PAST_DUE,
    Stage.REMINDERS: State.PAST_DUE,
    Stage.RESTRICTED: State.RESTRICTED,
}
WHY: Final = {  # stored in English, shown in the reader's language
    Stage.PAID: gettext_noop("Everything due has been paid."),
    Stage.BANNER: gettext_noop("A bill is overdue."),
    Stage.REMINDERS: gettext_noop("A bill is overdue."),
    Stage.RESTRICTED: gettext_noop("A bill has been overdue for more than 60 days."),
}


@dataclass(frozen=True, slots=True)
class Review:
    """What a review found: ``day`` counts calendar days in the region's time zone."""

    stage: Stage
    day: int
    state: State


def days_overdue(since: datetime | None, zone: str, now: datetime) -> int:
    """Return how many midnights of the region lie between; -1 when nothing is overdue.

    Args:
        since: when the oldest unpaid bill became overdue.
        zone: the region's time zone, an IANA name.
    """
    if since is None or since > now:
        return -1
    local = ZoneInfo(zone)
    return (now.astimezone(local).date() - since.astimezone(local).date()).days


def stage_of(day: int) -> Stage:
    """Return the stage on that day: banner to day 30, reminders to day 60, then restricted."""
    if day < 0:
        return Stage.PAID
    if day < REMIND_FROM:
        return Stage.BANNER
    return Stage.REMINDERS if day < RESTRICT_FROM else Stage.RESTRICTED


def review(
    region: Region, *, overdue_since: datetime | None, now: datetime | None = None
) -> Review | None:
    """Bring the region into the state that its oldest unpaid bill calls for. Idempotent.

    Restricting stops extras of publishing only (``balai.endpoints``); a bill never ends a region.

    Args:
        overdue_since: when the oldest unpaid bill became overdue; None when nothing is due.

    Returns:
        What was found; None for a region that bills do not move: not yet live, ending, ended.
    """
    moment = now or timezone.now()
    with context.platform(), transaction.atomic():
        locked = Region.objects.select_for_update().get(pk=region.pk)
        region.state = locked.state
        if locked.state not in REVIEWED:
            return None
        day = days_overdue(overdue_since, locked.timezone, moment)
        stage = stage_of(day)
        _remember(region, overdue_since if day >= 0 else None)
        for step in _way(State(locked.state), STATES[stage]):
            move(region, step, by=CLOCK, why=WHY[stage])
        return Review(stage, day, State(region.state))


def overdue_since(region_id: int) -> datetime | None:
    """Return since when the region owes money, as the last review was told."""
    with context.platform():
        return Dues.objects.filter(region_id=region_id).values_list(
            "overdue_since", flat=True
        ).first()  # fmt: skip


def _way(here: State, there: State) -> tuple[State, ...]:
    """Return the steps between two of the three; from restricted the way back is by active."""
    if here == there:
        return ()
    if (here, there) == (State.ACTIVE, State.RESTRICTED):
        return State.PAST_DUE, State.RESTRICTED
    if (here, there) == (State.RESTRICTED, State.PAST_DUE):
        return State.ACTIVE, State.PAST_DUE
    return (there,)


def _remember(region: Region, since: datetime | None) -> None:
    if since is None:
        Dues.objects.filter(region=region).delete()
    else:
        Dues.objects.update_or_create(region=region, defaults={"overdue_since": since})
