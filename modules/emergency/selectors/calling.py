"""What somebody who pressed the panic button may know of their call, and which one it repeats."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from modules.emergency import callers
from modules.emergency.models import Call, Draft, Incident
from modules.emergency.states import ENDED, Channel

REPEATS_WITHIN: Final = timedelta(hours=1)


def by_key(key: uuid.UUID) -> Call | None:
    """Return the call of a press, with its incident (1 query); never another channel's."""
    found = Call.objects.filter(key=key, channel=Channel.PANIC)
    return found.select_related("incident", "incident__transfer").first()


def waits(key: uuid.UUID) -> bool:
    """Tell whether a press is still in the seconds in which it can be cancelled."""
    return Draft.objects.filter(key=key, taker=None).exists()


def open_incident_of(earlier: uuid.UUID | None, number: str, now: datetime) -> Incident | None:
    """Return the open incident of the same phone, or of the same number within the last hour."""
    pressed = Call.objects.filter(channel=Channel.PANIC).exclude(incident=None)
    pressed = pressed.exclude(incident__state__in=ENDED).select_related("incident")
    call = pressed.filter(key=earlier).first() if earlier else None
    digest = callers.hashed(number) if number else None
    if call is None and digest is not None:
        since = now - REPEATS_WITHIN
        call = pressed.filter(caller_hash=digest, answered_at__gte=since).first()
    return call.incident if call else None
