"""Take waiting events for sending; every statement here works in the active region alone."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import connection

# How many events of one region the broker holds at a time: what keeps one region's thousand
# from standing before another's one (requirement L-03).
WINDOW: Final = 16

# A sent event that nobody finished is sent again after 10 s, then after twice as long each
# time: quick after a crash, and no flood while workers are away. One that is being worked on
# is locked and so never taken.
CLAIM: Final = """
    WITH room AS (
        SELECT greatest(0, %s - count(*)) AS places FROM outbox_event
        WHERE done_at IS NULL AND sent_at IS NOT NULL AND next_attempt_at > clock_timestamp()
    ), due AS (
        SELECT id FROM outbox_event
        WHERE done_at IS NULL AND next_attempt_at <= clock_timestamp() AND attempts < %s
        ORDER BY next_attempt_at, id LIMIT (SELECT places FROM room) FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox_event event
    SET sent_at = clock_timestamp(),
        next_attempt_at = clock_timestamp() + least(interval '10 minutes',
            greatest(interval '10 seconds', 2 * (clock_timestamp() - sent_at)))
    FROM due WHERE event.id = due.id
    RETURNING event.id, event.topic
"""

WAITING: Final = """
    SELECT EXISTS (SELECT FROM outbox_event WHERE done_at IS NULL
                   AND next_attempt_at <= clock_timestamp() AND attempts < %s)
"""

# An event that ended its worker each time never got to say what was wrong.
BURY: Final = """
    UPDATE outbox_event SET next_attempt_at = NULL, sent_at = NULL,
        last_error = coalesce(nullif(last_error, ''), 'every worker that took it ended')
    WHERE done_at IS NULL AND next_attempt_at <= clock_timestamp() AND attempts >= %s
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An event that is this relay's to send."""

    id: int
    topic: str


def claim() -> list[Claim]:
    """Mark as many due events as sent as the region has room for, and return them."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [WINDOW, settings.OUTBOX_MAX_ATTEMPTS])
        return sorted((Claim(*row) for row in cursor.fetchall()), key=lambda item: item.id)


def waiting() -> bool:
    """Tell whether an event is due that has not been claimed."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [settings.OUTBOX_MAX_ATTEMPTS])
        return bool(cursor.fetchone()[0])


def bury() -> int:
    """Make dead letters of events that used up their attempts without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(BURY, [settings.OUTBOX_MAX_ATTEMPTS])
        return int(cursor.rowcount)
