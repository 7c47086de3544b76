"""Service clocks of any module: start, rest, go on, stop; and the sweep that tells.

A clock has a ``kind`` ("complaints.turn") and the uuid of its ``subject``; there is one of each.
:func:`sweep` publishes ``<kind>_half``, ``<kind>_due``, ``<kind>_climbed`` with the subject as key
and ``level`` (the rung, 0 before the ladder) and ``started`` (microseconds since 1970, which
tells one run of a clock from the next); and ``<kind>_moved`` when the calendar changed under it.
Receivers are told at least once and ask :func:`of` whether the clock is still at that point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balai.outbox import publish
from balai.workcal import clock_times, loader
from balai.workcal.models import Clock
from balai.workcal.week import Calendar

BATCH = 200
STAGES = ("half", "due")
_SET = [field.name for field in Clock._meta.fields if field.name not in ("id", "kind", "subject")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A clock to start. ``climb``: days after the deadline of each rung, rising from 0 on."""

    kind: str
    subject: UUID
    days: int
    now: datetime
    climb: Sequence[int] = ()
    plain_days: bool = False


def start(
    *,
    kind: str,
    subject: UUID,
    days: int,
    now: datetime,
    climb: Sequence[int] = (),
    plain_days: bool = False,
) -> Clock:
    """Start a clock, or start it anew when it ran, rested or was stopped before.

    Args:
        days: working days; with ``plain_days`` days of the calendar on the wall.
        climb: days after the deadline at which each rung of the ladder is told.

    Raises:
        ValueError: for a naive moment, negative days or a ladder that goes down.
    """
    one = Start(
        kind=kind, subject=subject, days=days, now=now, climb=climb, plain_days=plain_days
    )  # fmt: skip
    return start_all([one])[0]


def start_all(starts: Iterable[Start]) -> list[Clock]:
    """Start several clocks with one statement."""
    calendar = loader.current()
    clocks = [_fresh(one, calendar) for one in starts]
    return Clock.objects.bulk_create(
        clocks, update_conflicts=True, unique_fields=["kind", "subject"], update_fields=_SET
    )


@transaction.atomic
def pause(*, kind: str, subject: UUID, now: datetime) -> Clock | None:
    """Let a running clock rest; return it, or None when none was running."""
    clock = _running(kind, subject)
    if clock is None:
        return None
    calendar = loader.current()
    clock.days_left = clock_times.days_left(clock, now, calendar)
    clock.used = clock_times.share_gone(clock, now, calendar)
    clock.paused_at, clock.next_at = now, None
    clock.save(update_fields=["days_left", "used", "paused_at", "next_at"])
    return clock


@transaction.atomic
def resume(*, kind: str, subject: UUID, now: datetime) -> Clock | None:
    """Let a resting clock go on with the days it had left; None when none was resting."""
    resting = Clock.objects.select_for_update().filter(
        kind=kind, subject=subject, paused_at__isnull=False, stopped_at=None
    )
    clock = resting.first()
    if clock is None:
        return None
    clock.counted_from, clock.days = now, clock.days_left or 1
    clock.paused_at, clock.days_left = None, None
    clock_times.wind(clock, loader.current())
    clock.save(update_fields=_SET)
    return clock


def stop(*, kind: str, subject: UUID, now: datetime) -> bool:
    """Stop a clock for good; tell whether it had not been stopped before."""
    live = Clock.objects.filter(kind=kind, subject=subject, stopped_at=None)
    return bool(live.update(stopped_at=now, next_at=None))


def of(kind: str, subject: UUID) -> Clock | None:
    """Return the clock, stopped ones too; None when it was never started."""
    return Clock.objects.filter(kind=kind, subject=subject).first()


def sweep(*, now: datetime) -> dict[str, int]:
    """Tell whatever is due at ``now``; return how many events of each kind were published.

    Several sweeps at once share the work. After days without one, each thing is told once and
    in order. Running clocks are wound anew first when the region's calendar has changed.
    """
    calendar = loader.current()
    return {"moved": _realign(calendar), "told": _tell(calendar, now)}


def _fresh(one: Start, calendar: Calendar) -> Clock:
    climb = [int(rung) for rung in one.climb]
    if one.days < 0 or climb != sorted(climb) or (climb and climb[0] < 0):
        raise ValueError("a clock runs forwards and its ladder goes up")
    clock = Clock(
        kind=one.kind, subject=one.subject, started_at=one.now, counted_from=one.now,
        days=one.days, plain_days=one.plain_days, climb=climb,
    )  # fmt: skip
    clock_times.wind(clock, calendar)
    return clock


def _running(kind: str, subject: UUID) -> Clock | None:
    rows = Clock.objects.select_for_update().filter(kind=kind, subject=subject)
    return rows.filter(paused_at=None, stopped_at=None).first()


def _realign(calendar: Calendar) -> int:
    running = Clock.objects.filter(next_at__isnull=False, plain_days=False)
    other = (
        running.filter(version__isnull=False)
        if calendar.version is None
        else running.exclude(version=calendar.version)
    )
    moved = 0
    while True:
        with transaction.atomic():
            batch = list(other.select_for_update(skip_locked=True).order_by("id")[:BATCH])
            for clock in batch:
                before = clock.due_at
                clock_times.wind(clock, calendar)
                if clock.due_at != before:
                    moved += 1
                    _publish(clock, "moved")
            Clock.objects.bulk_update(batch, ["version", "due_at", "half_at", "next_at"])
        if not batch:
            return moved


def _tell(calendar: Calendar, now: datetime) -> int:
    told = 0
    while True:
        with transaction.atomic():
            due = Clock.objects.filter(next_at__lte=now).order_by("next_at", "id")
            batch = list(due.select_for_update(skip_locked=True)[:BATCH])
            for clock in batch:
                told += _tell_one(clock, calendar, now)
            Clock.objects.bulk_update(batch, ["stage", "next_at"])
        if not batch:
            return told


def _tell_one(clock: Clock, calendar: Calendar, now: datetime) -> int:
    told = 0
    while clock.next_at is not None and clock.next_at <= now:
        what = STAGES[clock.stage] if clock.stage < len(STAGES) else "climbed"
        clock.stage += 1
        clock.next_at = clock_times.next_at(clock, calendar)
        _publish(clock, what)
        told += 1
    return told


def _publish(clock: Clock, what: str) -> None:
    publish(
        f"{clock.kind}_{what}",
        key=str(clock.subject),
        level=clock.level,
        started=int(clock.started_at.timestamp() * 1_000_000),
    )
