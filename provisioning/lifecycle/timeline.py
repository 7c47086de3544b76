"""A region's life as its admin reads it: what was, what is, what comes next and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from balai import context
from provisioning.lifecycle import dues, ending, moves
from provisioning.lifecycle.dues import REMIND_FROM, RESTRICT_FROM
from provisioning.models import Ending, EndingCause, StateChange
from tenants.models import Region
from tenants.states import State


@dataclass(frozen=True, slots=True)
class Step:
    """One change that was made."""

    at: datetime
    state: State
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Next:
    """What comes by itself if nobody does anything."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Life:
    """All of it, for one page; ``days`` until the end, None when nothing ends."""

    state: State
    since: datetime
    steps: list[Step]
    coming: list[Next]
    ending: Ending | None
    days: int | None


def life(now: datetime | None = None) -> Life:
    """Return the active region's life (4 queries)."""
    moment = now or timezone.now()
    region = context.current_region()
    with context.platform():
        row = Region.objects.get(pk=region.id)
    steps = moves.history(region.id)
    running = ending.current(region.id)
    owed = dues.overdue_since(region.id)
    until = running.ends_at if running else None
    return Life(
        state=State(row.state),
        since=steps[0].at if steps else row.created_at,
        steps=[_step(step) for step in steps],
        coming=sorted(_coming(row, running, owed, moment), key=lambda item: item.at),
        ending=running,
        days=max(0, (until - moment).days + 1) if until else None,
    )


def _step(change: StateChange) -> Step:
    # Clocks write in English what people read in their language; a person's name stays as it is.
    why, by = str(change.why), str(change.by)
    return Step(change.at, State(change.after), _(by) if by else "", _(why) if why else "")


def _coming(
    row: Region, running: Ending | None, owed: datetime | None, now: datetime
) -> Iterator[Next]:
    if row.state == State.SANDBOX and row.sandbox_until:
        yield Next(row.sandbox_until, _("The sandbox ends: the site can then only be read."))
    if owed is not None and row.state in {State.ACTIVE, State.PAST_DUE}:
        for day, text in (
            (REMIND_FROM, _("Reminders of the open bill begin.")),
            (RESTRICT_FROM, _("Publishing stops until the open bill is paid.")),
        ):
            at = owed + timedelta(days=day)
            if at > now:
                yield Next(at, text)
    if running is None:
        return
    if running.ends_at:
        yield Next(running.ends_at, _("The site closes, if its data could be exported by then."))
    elif running.cause == EndingCause.ASKED:
        lapses = running.asked_at + timedelta(days=ending.ASK_DAYS)
        yield Next(lapses, _("The request to close is void unless a second person confirms it."))
