"""Write events."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import connection

from balai import context
from balai.listen import LIVE_CHANNEL, RELAY_CHANNEL
from balai.modules.events import Value
from balai.outbox.models import Event

MAX_TEXT: Final = 200
NOTIFY = "SELECT pg_notify(%s, %s), pg_notify(%s, %s)"


class NotInTransaction(RuntimeError):  # noqa: N818  # it reads as what is wrong
    """Raised for an event that would not commit or roll back together with its cause."""


def publish(
    topic: str, *, key: str = "", payload: Mapping[str, Value], not_before: datetime | None = None
) -> Event:
    """Write an event and wake the relay and the open pages when the transaction commits.

    Args:
        not_before: hold its delivery back until then.

    Raises:
        NotInTransaction: outside ``transaction.atomic``.
        TypeError, ValueError: for a payload that is not plain, or too long.
    """
    schema = context.schema()
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{topic} needs transaction.atomic around it and its cause")
    _require_plain(payload)
    due = {"next_attempt_at": not_before} if not_before else {}
    event = Event.objects.create(topic=topic, key=key, payload=dict(payload), **due)
    page = json.dumps({"schema": schema, "topic": topic, "id": event.pk}, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute(NOTIFY, [RELAY_CHANNEL, schema, LIVE_CHANNEL, page])
    return event


def _require_plain(payload: Mapping[str, Value]) -> None:
    for name, value in payload.items():
        if not isinstance(value, int | str | bool | None):
            raise TypeError(f"{name} must be a number, text, boolean or None, not {type(value)}")
        if isinstance(value, str) and len(value) > MAX_TEXT:
            raise ValueError(f"{name} is a text, not an id: events carry no contents")
