"""The panic button: held, then ten seconds to think again, then a call like any other.

Between the two it is a draft without a taker. The phone sends it after the ten seconds; a phone
that is gone by then has it sent by the outbox two seconds later. Whatever comes first makes the
call, the other changes nothing. Within the ten seconds cancelled, it is a line among the noise:
no incident, no board.
"""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.directory.locate import locate
from balai.outbox import publish
from balai.outbox.services import publish as publish_later
from modules.emergency import geo, pressing, topics
from modules.emergency.models import Call, Category, Draft, Incident
from modules.emergency.pressing import Press
from modules.emergency.selectors import calling
from modules.emergency.services import marking
from modules.emergency.services.intake import Told, take
from modules.emergency.states import CallType, Channel, Source

GRACE: Final = timedelta(seconds=10)
BACKUP: Final = timedelta(seconds=12)
"""When the outbox sends what its phone has not: after the ten seconds and the way of a request."""
OVERDUE: Final = timedelta(seconds=15)
"""When a board sends it: after the outbox should have."""
WORTH_STORING: Final = 25
"""Metres a person must have moved for their place to be told anew."""
CALLER_NOTE: Final = "caller_note"
LONGEST: Final = 500
CANCELLED = _("Panic button cancelled within 10 seconds")
TAKEN_BACK = _("The person who held the panic button: pressed by mistake, or needs no help now.")


@transaction.atomic
def arm(*, press: Press, now: datetime | None = None) -> None:
    """Keep a press for its ten seconds; the same key again changes nothing."""
    now = now or timezone.now()
    if Call.objects.filter(key=press.key).exists():
        return
    _kept_row, new = Draft.objects.get_or_create(
        key=press.key,
        defaults={
            "taker": None,
            "sealed": pressing.sealed(press),
            "begun_at": now,
            "saved_at": now,
        },
    )
    if new:
        publish_later(topics.PANIC, key=str(press.key), payload={}, not_before=now + BACKUP)


@transaction.atomic
def send(*, key: uuid.UUID, now: datetime | None = None) -> Call | None:
    """Make a kept press a call on the board; what is sent already is returned as it is.

    Returns:
        None when nothing is kept under the key.
    """
    draft = _kept(key)
    if draft is None:
        return calling.by_key(key)
    return _take(pressing.opened(draft.key, draft.sealed), draft.begun_at, now or timezone.now())


def send_overdue(now: datetime | None = None) -> int:
    """Send what neither its phone nor the outbox has sent; return how many presses that were.

    Boards call it as they are drawn: a press is not lost when the phone is gone and no worker
    runs. One query when there is nothing to do.
    """
    now = now or timezone.now()
    late = Draft.objects.filter(taker=None, begun_at__lte=now - OVERDUE)
    keys = list(late.values_list("key", flat=True)[:20])
    for key in keys:
        send(key=key, now=now)
    return len(keys)


@transaction.atomic
def press(*, press: Press, now: datetime | None = None) -> Call:
    """Send at once: the way without scripts, which asked on a page of its own."""
    now = now or timezone.now()
    return _take(press, now, now)


@transaction.atomic
def cancel(*, key: uuid.UUID, now: datetime | None = None) -> bool:
    """Take a press back. Within its time only a line of noise is left.

    Returns:
        False when it had reached the board: the centre is told that nobody needs help, and
        decides. True as well when it is cancelled already, or was never kept.
    """
    now = now or timezone.now()
    draft = _kept(key)
    if draft is not None:
        told = _told(
            pressing.opened(draft.key, draft.sealed),
            draft.begun_at,
            kind=CallType.GHOST,
            note=_recorded(CANCELLED),
        )
        take(told=told, taker=None, now=now)
        return True
    call = calling.by_key(key)
    if call is None or call.incident is None:
        return True
    say(call=call, text=_recorded(TAKEN_BACK), now=now)
    return False


@transaction.atomic
def say(*, call: Call, text: str, now: datetime | None = None) -> bool:
    """Add what a caller writes to the incident's record; False when it has ended."""
    if call.incident is None or not text.strip():
        return False
    incident = marking.locked(call.incident)
    if not incident.open:
        return False
    marking.stamp(
        incident, CALLER_NOTE, at=now or timezone.now(), by=None, text=text.strip()[:LONGEST]
    )
    marking.changed(incident)
    return True


@transaction.atomic
def move(*, key: uuid.UUID, pin: tuple[float, float], accuracy: int | None) -> bool:
    """Store where a caller is now.

    A place that a call taker put right stays: only what the app sent is followed.

    Returns:
        False when nobody waits for it any more: the phone stops sending.
    """
    draft = _kept(key)
    if draft is not None:
        known = pressing.opened(draft.key, draft.sealed)
        draft.sealed = pressing.sealed(replace(known, pin=pin, accuracy=accuracy))
        draft.save(update_fields=["sealed"])
        return True
    call = calling.by_key(key)
    if call is None or call.incident is None:
        return False
    incident = marking.locked(call.incident)
    if not incident.open:
        return False
    if incident.source in ("", Source.APP, Source.CELL) and _is_news(incident, pin, accuracy):
        _place(incident, pin, accuracy)
    return True


def _take(press: Press, pressed_at: datetime, now: datetime) -> Call:
    joins = calling.open_incident_of(press.earlier, press.number, now)
    call = take(told=_told(press, pressed_at, joins=joins), taker=None, now=now)
    if joins is not None and press.pin is not None:
        move(key=press.key, pin=press.pin, accuracy=press.accuracy)
    return call


def _told(
    press: Press,
    pressed_at: datetime,
    *,
    kind: str = CallType.NORMAL,
    note: str = "",
    joins: Incident | None = None,
) -> Told:
    return Told(
        key=press.key, kind=kind, answered_at=pressed_at, channel=Channel.PANIC,
        number=press.number, name=press.name, note=note or press.doubt, text=press.text,
        category=_category() if kind == CallType.NORMAL else None,
        area=locate(*press.pin) if press.pin else None,
        pin=press.pin, accuracy=press.accuracy, source=Source.APP if press.pin else "",
        joins=joins,
    )  # fmt: skip


def _recorded(words: Promise) -> str:
    """Return what goes into the record, in the region's own language whoever pressed."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def _category() -> Category:
    """Return what stands for "somebody held the button, nobody knows why"; made when missing.

    It is not offered to call takers, who can ask what happened.
    """
    return Category.objects.get_or_create(
        slug="tombol-darurat",
        defaults={
            "label_id": "Tombol darurat", "label_en": "Panic button", "icon": "siren",
            "urgency": Category.Urgency.LIFE, "target_minutes": 8, "active": False,
            "units": ["police", "ambulance", "rescue"], "position": 999,
        },
    )[0]  # fmt: skip


def _is_news(incident: Incident, pin: tuple[float, float], accuracy: int | None) -> bool:
    """Tell whether a place is worth a line on the boards: somewhere else, or much surer."""
    if incident.latitude is None or incident.longitude is None:
        return True
    if accuracy is not None and accuracy * 2 <= (incident.accuracy or 100_000):
        return True
    return geo.metres((incident.latitude, incident.longitude), pin) >= WORTH_STORING


def _place(incident: Incident, pin: tuple[float, float], accuracy: int | None) -> None:
    """Move an incident without a new version: no form of a dispatcher holds its place."""
    incident.latitude, incident.longitude = pin
    incident.accuracy, incident.source = accuracy, Source.APP
    incident.area = locate(*pin) or incident.area
    incident.save(update_fields=["latitude", "longitude", "accuracy", "source", "area"])
    publish(topics.CHANGED, key=str(incident.uuid), incident=incident.pk)


def _kept(key: uuid.UUID) -> Draft | None:
    """Return the press that is kept under a key, held for this transaction."""
    return Draft.objects.select_for_update().filter(key=key, taker=None).first()
