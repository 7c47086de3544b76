"""What somebody who pressed the panic button may know of their call, and which one it repeats."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise

from modules.emergency import callers
from modules.emergency.models import Call, Draft, Incident, Stamp
from modules.emergency.standing import CANCELLED, GONE, OF, STEPS, WAITS, Standing
from modules.emergency.states import ENDED, Channel

REPEATS_WITHIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a call."""

    at: datetime
    words: str | Promise


def by_key(key: uuid.UUID) -> Call | None:
    """Return the call of a press, with its incident (1 query); never another channel's."""
    found = Call.objects.filter(key=key, channel=Channel.PANIC)
    return found.select_related("incident").first()


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


def standing(key: uuid.UUID) -> Standing | None:
    """Return how the call of a press stands; None when nothing is known of it."""
    if waits(key):
        return WAITS
    call = by_key(key)
    if call is None:
        return None
    if call.incident is None:
        return CANCELLED
    return OF.get(call.incident.state, GONE)


def course(key: uuid.UUID) -> list[Moment]:
    """Return what happened so far, in the caller's words; a corrected time is the right one."""
    call = by_key(key)
    if call is None or call.incident is None:
        return []
    told = Stamp.objects.filter(incident=call.incident, what__in=STEPS)
    wrong = Stamp.objects.filter(incident=call.incident).exclude(corrects=None).values("corrects")
    return [Moment(row.at, STEPS[row.what]) for row in told.exclude(pk__in=wrong)]
