"""Events that did not reach their receivers: look at them, send them again."""

from django.db import connection, transaction
from django.db.models import F, QuerySet

from balai import audit, context
from balai.listen import RELAY_CHANNEL
from balai.outbox.models import Event


def undelivered() -> QuerySet[Event]:
    """Return the active schema's events that wait, those nobody tries any more first.

    What they carry is not read: topic, times, attempts and the last error tell enough.
    """
    waiting: QuerySet[Event] = Event.objects.filter(done_at=None).defer("payload", "key")
    return waiting.order_by(F("next_attempt_at").asc(nulls_first=True), "id")


@transaction.atomic
def resend(event_id: int) -> bool:
    """Give an event its attempts back and wake the relay; tell whether it was still waiting.

    Receivers that have had it do not get it twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE outbox_event SET attempts = 0, sent_at = NULL,"
            " next_attempt_at = clock_timestamp() WHERE id = %s AND done_at IS NULL",
            [event_id],
        )
        found = bool(cursor.rowcount)
        if found:
            cursor.execute("SELECT pg_notify(%s, %s)", [RELAY_CHANNEL, context.schema()])
    if found:
        audit.record(action="event.resent", target=str(event_id))
    return found
