"""Tell an event to its receivers: each exactly once, however often the event is sent."""

import traceback
from typing import Final

import structlog
from django.conf import settings
from django.db import connection, transaction

from balai import context
from balai.modules import events
from balai.modules.events import EventData, Receiver
from balai.outbox.models import Event

log = structlog.get_logger(__name__)

LONGEST_PAUSE: Final = 3600

# The attempt is counted before the work, so that an event that ends its worker counts too.
BEGIN: Final = """
    UPDATE outbox_event SET attempts = attempts + 1 WHERE id = (
        SELECT id FROM outbox_event WHERE id = %s AND done_at IS NULL
        AND next_attempt_at IS NOT NULL FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""
DONE: Final = """
    UPDATE outbox_event SET done_at = clock_timestamp(), last_error = '' WHERE id = %s
"""
POSTPONE: Final = """
    UPDATE outbox_event SET sent_at = NULL, last_error = %s,
        next_attempt_at = CASE WHEN attempts < %s THEN clock_timestamp()
            + least(%s, %s * power(2, least(attempts, 20) - 1)) * interval '1 s' END
    WHERE id = %s AND done_at IS NULL RETURNING next_attempt_at IS NULL
"""


class Busy(RuntimeError):  # noqa: N818  # it reads as what is the matter
    """Raised when another worker is telling the same event at this moment."""


def deliver(event_id: int) -> bool:
    """Run every receiver that has not had the event yet; return whether all are through.

    A receiver that raises is tried again later, alone; the others keep what they did. An
    event that is done, dead, or in another worker's hands is left as it is.
    """
    if not _one(BEGIN, [event_id]):
        return False
    event = Event.objects.get(pk=event_id).data()
    try:
        problems = [problem for function in events.receivers_of(event.topic)
                    if (problem := _attempt(event, function))]  # fmt: skip
    except Busy:
        return False
    if not problems:
        _one(DONE, [event_id], returns=False)
        return True
    postpone(event, problems[0])
    return False


def postpone(event: EventData, problem: str) -> None:
    """Put the event back for later; a dead letter once it used up its attempts."""
    row = _one(POSTPONE, [problem, settings.OUTBOX_MAX_ATTEMPTS, LONGEST_PAUSE,
                          settings.OUTBOX_RETRY_SECONDS, event.id])  # fmt: skip
    if row and row[0]:
        log.error("dead_letter", topic=event.topic, event_id=event.id,
                  region=context.schema(), problem=problem)  # fmt: skip


def _attempt(event: EventData, function: Receiver) -> str:
    """Run one receiver in its own transaction; return "" or what was wrong."""
    try:
        with transaction.atomic():
            _lock(event.id)
            if _is_first(event.id, events.name_of(function)):
                function(event)
    except Busy:
        raise
    except Exception as error:
        log.warning("receiver_failed", topic=event.topic, event_id=event.id,
                    receiver=events.name_of(function), error=type(error).__name__)  # fmt: skip
        return describe(error)
    return ""


def _lock(event_id: int) -> None:
    """Hold the event until this transaction ends: the sweeper leaves it alone as long."""
    rows = Event.objects.select_for_update(skip_locked=True).filter(pk=event_id, done_at=None)
    if not rows.values_list("pk", flat=True):
        raise Busy


def _is_first(event_id: int, receiver: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_delivery (event_id, receiver) VALUES (%s, %s)"
            " ON CONFLICT DO NOTHING",
            [event_id, receiver],
        )
        return bool(cursor.rowcount)


def describe(error: Exception) -> str:
    """Return the error's kind and place, without its text: that may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"[:200]


def _one(query: str, values: list[int | str], *, returns: bool = True) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row: tuple[object, ...] | None = cursor.fetchone() if returns else None
        return row
