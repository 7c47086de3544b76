"""How the outbox is doing, for /readyz, /metrics and the relay's own sweep."""

import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Final

from django.core.cache import caches
from django.db import connection

from balai import context, tasks

KEY: Final = "outbox_state"
FRESH: Final = 15.0
MEASURE: Final = """
    SELECT count(*) FILTER (WHERE next_attempt_at IS NOT NULL),
        count(*) FILTER (WHERE next_attempt_at IS NULL),
        coalesce(extract(epoch FROM clock_timestamp() - min(created_at)
            FILTER (WHERE sent_at IS NOT NULL OR next_attempt_at <= clock_timestamp())), 0)::float
    FROM outbox_event WHERE done_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class OutboxState:
    """Of all regions together.

    Attributes:
        waiting: events that are not done.
        dead: events that nobody will try again unless a person says so.
        oldest: age in seconds of the oldest that is due.
        measured_at: when, in seconds since the epoch.
    """

    waiting: int
    dead: int
    oldest: float
    measured_at: float


def outbox_state() -> OutboxState:
    """Return what the relay measured at most 15 s ago, or measure now."""
    kept = caches["global"].get(KEY)
    if kept and time.time() - kept["measured_at"] < FRESH:
        return OutboxState(**kept)
    return measure(everywhere().values())


def outbox_age() -> float:
    """Return the age in seconds of the oldest event that is due and not done; 0 for none."""
    return outbox_state().oldest


def everywhere() -> dict[str, context.Context]:
    """Return the platform and every region that has tables, by schema."""
    found: dict[str, context.Context] = {context.SHARED_SCHEMA: context.PLATFORM}
    return found | {region.schema: region for region in tasks.regions()}


def measure(
    places: Iterable[context.Context], *, each: Callable[[], object] = lambda: None
) -> OutboxState:
    """Count in every place; run ``each`` there first."""
    waiting, dead, oldest = 0, 0, 0.0
    for place in places:
        token = context.activate(place)
        try:
            each()
            with connection.cursor() as cursor:
                cursor.execute(MEASURE)
                here = cursor.fetchone()
        finally:
            context.deactivate(token)
        waiting, dead, oldest = waiting + here[0], dead + here[1], max(oldest, here[2])
    return OutboxState(waiting, dead, oldest, time.time())


def remember(state: OutboxState) -> None:
    """Keep ``state`` where every process finds it."""
    caches["global"].set(KEY, asdict(state), timeout=60)
