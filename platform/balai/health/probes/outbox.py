"""The outbox: events that were committed must reach their receivers soon."""

import time
from typing import Final

from django.db import Error, connection

from balai import context
from balai.away import AwayError
from balai.health.probes.probe import Probe, Status
from balai.outbox import places

LATE: Final = 60.0
FRESH: Final = 10.0
# Due or sent, and not done: how long its receivers have been waiting. Dead letters wait for nobody.
OLDEST: Final = """
    SELECT extract(epoch FROM clock_timestamp() - min(
            CASE WHEN sent_at IS NULL THEN next_attempt_at ELSE created_at END
        ) FILTER (WHERE sent_at IS NOT NULL OR next_attempt_at <= clock_timestamp()))::float,
        count(*) FILTER (WHERE next_attempt_at IS NULL)
    FROM outbox_event WHERE done_at IS NULL
"""
_last: tuple[float, float, int] | None = None


def outbox() -> Probe:
    """Say how long the oldest event has waited, over all regions; more than a minute is late."""
    oldest, dead = _measure()
    status = Status.DEGRADED if oldest > LATE or dead else Status.OK
    return Probe(status, {"oldest_seconds": round(oldest, 1), "dead_letters": dead})


def age() -> float | None:
    """Return the seconds the oldest event has waited, or None when it cannot be told."""
    try:
        return _measure()[0]
    except Error:
        return None


def forget() -> None:
    """Ask again at the next call; answers are kept for ten seconds."""
    global _last
    _last = None


def _measure() -> tuple[float, int]:
    """Return the oldest event's age in seconds and the number of dead letters."""
    global _last
    now = time.monotonic()
    if _last is None or now - _last[0] > FRESH:
        found = [_waiting(active) for active in places.everywhere().values()]
        oldest = max((waited for waited, _ in found), default=0.0)
        _last = (now, oldest, sum(dead for _, dead in found))
    return _last[1], _last[2]


def _waiting(active: context.Context) -> tuple[float, int]:
    token = context.activate(active)
    try:
        with connection.cursor() as cursor:
            cursor.execute(OLDEST)
            waited, dead = cursor.fetchone()
    except AwayError:
        return 0.0, 0  # its cell is down, which is told as that
    finally:
        context.deactivate(token)
    return max(0.0, waited or 0.0), dead
