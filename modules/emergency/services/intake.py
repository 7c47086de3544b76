"""A call is taken: noise with one key, an emergency with all that is known after half a minute.

When :func:`take` returns, the call is committed; the screen says so only then. Nothing here
needs the cache, the broker, a worker or mail: the boards hear of it by NOTIFY.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from balai import audit
from balai.outbox import publish
from modules.emergency import callers, topics
from modules.emergency.models import Call, Category, Draft, Incident
from modules.emergency.selectors import nearby
from modules.emergency.services import marking, numbering
from modules.emergency.states import CallType, Channel, Source

if TYPE_CHECKING:
    from balai.accounts.models import User
    from balai.directory.models import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a call taker heard.

    ``key`` is the form's own; ``pin`` is (latitude, longitude) in degrees and ``accuracy`` its
    radius in metres; ``joins`` is the open incident that the caller means, too.
    """

    key: uuid.UUID
    kind: str
    answered_at: datetime
    channel: str = Channel.CALL
    number: str = ""
    name: str = ""
    note: str = ""
    category: Category | None = None
    text: str = ""
    address: str = ""
    landmark: str = ""
    area: "Area | None" = None
    pin: tuple[float, float] | None = None
    accuracy: int | None = None
    source: str = Source.CALLER
    casualties: int = 0
    hazards: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    joins: Incident | None = None
    sample: bool = False


@transaction.atomic
def take(*, told: Told, taker: "User | None", now: datetime | None = None) -> Call:
    """Store a call, and for an emergency its incident on the dispatcher's board.

    The same ``key`` again returns the call that is there: a retried form makes one incident.

    Args:
        taker: who answered; None for the panic button.
        now: an aware time, the present by default.

    Raises:
        ValueError: for an emergency without a category that joins no open incident.
    """
    now = now or timezone.now()
    call, new = Call.objects.get_or_create(key=told.key, defaults=_heard(told, taker, now))
    if not new:
        return call
    Draft.objects.filter(key=told.key).delete()
    if told.kind != CallType.NORMAL:
        publish(topics.NOISE, call=call.pk)
        return call
    call.incident = _joined(told, taker, now) or _new(told, taker, now)
    call.save(update_fields=["incident"])
    return call


@transaction.atomic
def take_noise(*, calls: Sequence[tuple[Told, datetime]], taker: "User | None") -> int:
    """Store many calls about nothing at once, such as those of another system or of a sample.

    Those whose key is there already change nothing.

    Args:
        calls: each with the aware time at which it was known to be noise.

    Returns:
        How many were given.

    Raises:
        ValueError: for an emergency among them: each has an incident of its own.
    """
    if any(told.kind == CallType.NORMAL for told, _at in calls):
        raise ValueError("emergencies are taken one by one")
    rows = [Call(key=told.key, **_heard(told, taker, at)) for told, at in calls]
    Call.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    publish(topics.NOISE, calls=len(rows))
    return len(rows)


def _heard(told: Told, taker: "User | None", now: datetime) -> dict[str, Any]:
    """Return the columns of a call beside its key."""
    return {
        "channel": told.channel,
        "kind": told.kind,
        "caller": callers.seal(told.number),
        "caller_hash": callers.hashed(told.number),
        "name": told.name,
        "note": told.note,
        "taker": taker,
        "answered_at": told.answered_at,
        "classified_at": now,
        "sample": told.sample,
    }


def _joined(told: Told, taker: "User | None", now: datetime) -> Incident | None:
    """Add the call to the open incident it means; None when it means none, or one that ended.

    What a second caller knows of the place stands in the stamp: the incident's own fields are
    the dispatcher's to change. A sealed category seals it.
    """
    if told.joins is None:
        return None
    incident = marking.locked(told.joins)
    if incident.merged_into_id:
        incident = marking.locked(Incident(pk=incident.merged_into_id))
    allowed = nearby.joinable(incident, taker=taker, caller_hash=callers.hashed(told.number))
    if not incident.open or not allowed:
        return None
    marking.stamp(incident, "called_again", at=now, by=taker, text=_all_told(told))
    fields = ("sealed",) if told.category and told.category.sealed else ()
    incident.sealed = incident.sealed or bool(fields)
    marking.changed(incident, *fields)
    return incident


def _all_told(told: Told) -> str:
    """Return what a further caller said, place and people included, as one text."""
    place = ", ".join(part for part in (told.address, told.landmark) if part)
    people = gettext("casualties: %(count)s") % {"count": told.casualties}
    parts = (told.text, place, people if told.casualties else "", told.hazards)
    return "\n".join(part for part in parts if part)


def _new(told: Told, taker: "User | None", now: datetime) -> Incident:
    if told.category is None:
        raise ValueError("an emergency has a category")
    incident = Incident.objects.create(
        number=numbering.next_number(now),
        category=told.category,
        sealed=told.category.sealed,
        text=told.text,
        address=told.address,
        landmark=told.landmark,
        area=told.area,
        latitude=told.pin[0] if told.pin else None,
        longitude=told.pin[1] if told.pin else None,
        accuracy=told.accuracy,
        source=told.source,
        casualties=told.casualties,
        hazards=told.hazards,
        answers=told.answers,
        agency_id=told.category.agency_id,
        sample=told.sample,
        created_at=now,
    )
    marking.stamp(incident, "taken", at=told.answered_at, by=taker)
    marking.stamp(incident, "queued", at=now, by=taker)
    publish(topics.TAKEN, key=str(incident.uuid), incident=incident.pk)
    audit.record(action="emergency.taken", target=incident.number)
    return incident
