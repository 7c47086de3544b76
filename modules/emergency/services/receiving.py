"""The other end of a hand-over: it arrives, is accepted or given back, and its course is told.

``arrive`` runs as this region for a message of another one; ``hear`` runs as the region that
handed over, for news of what became of it. Both are called by the kernel's door alone.
"""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, neighbours
from balai.directory.locate import locate
from balai.neighbours import Message
from modules.emergency import workflow
from modules.emergency.models import Category, Incident, Transfer
from modules.emergency.services import ending, intake, marking, transferring
from modules.emergency.states import ENDED, CallType, Channel, Source, State
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

HEARD_AS = {
    Transfer.State.ACCEPTED.value: "accepted_there",
    Transfer.State.ENDED.value: "ended_there",
}
NEWS = "emergency.news"
"""The kind of message that tells what became of a hand-over."""
FALLBACK = "lainnya"
"""The presets' category for what fits nowhere."""


def arrive(message: Message) -> dict[str, Any]:
    """Put an incident of another region on this one's board; the same message is one incident.

    Returns:
        {"receipt": this region's number}.
    """
    body, now = message.body, timezone.now()
    known = Transfer.objects.filter(key=message.key, incoming=True, region=message.origin.schema)
    if there := known.select_related("incident").first():
        return {"receipt": there.incident.number}
    call = intake.take(told=_told(message, now), taker=None, now=now)
    incident = marking.locked(call.incident)  # type: ignore[arg-type]  # an emergency has one
    if body["sealed"] and not incident.sealed:
        incident.sealed = True
        incident.save(update_fields=["sealed"])
    Transfer.objects.create(
        incident=incident, incoming=True, key=message.key, receiver=Transfer.Receiver.REGION,
        name=message.origin.name, region=message.origin.schema, receipt=body["number"],
        note=body["note"], state=Transfer.State.DELIVERED, received_at=now,
        at=datetime.fromisoformat(body["at"]),
    )  # fmt: skip
    words = f"{message.origin.name}, {body['number']}"
    marking.stamp(incident, "came_from", at=now, by=None, text=words)
    return {"receipt": incident.number}


@transaction.atomic
def accept(*, incident: Incident, by: "User", now: datetime | None = None) -> Transfer:
    """Say that this centre takes the incident on. Sending a unit says so as well.

    Raises:
        NotAllowed: when nothing waits to be accepted.
        PermissionDenied: when ``by`` does not dispatch.
    """
    transferring.require_dispatch(by)
    row = waiting_here(incident)
    if row is None:
        raise NotAllowed(workflow.MOVED_ON)
    current = marking.locked(incident)
    row.state, row.person = Transfer.State.ACCEPTED, by.label[:120]
    row.save(update_fields=["state", "person"])
    marking.stamp(current, "accepted", at=now or timezone.now(), by=by)
    marking.changed(current)
    audit.record(action="emergency.accepted", target=current.number)
    return row


@transaction.atomic
def give_back(
    *, incident: Incident, note: str, by: "User", now: datetime | None = None
) -> Transfer:
    """Return an incident to the centre it came from, before anybody was sent.

    Raises:
        NotAllowed: without a reason, or when a unit is with it.
        PermissionDenied: when ``by`` may not.
    """
    if not note.strip():
        raise NotAllowed(_("Say why you give it back."))
    row = Transfer.objects.select_for_update(of=("self",)).filter(
        incident=incident, incoming=True, state__in=(Transfer.State.DELIVERED,
        Transfer.State.ACCEPTED)).first()  # fmt: skip
    if row is None:
        raise NotAllowed(workflow.MOVED_ON)
    row.state, row.note = Transfer.State.RETURNED, note.strip()
    row.save(update_fields=["state", "note"])
    ending.end(marking.locked(incident), "give_back", by=by, now=now, text=note)
    return row


def waiting_here(incident: Incident) -> Transfer | None:
    """Return what arrived with this incident and nobody has accepted, kept for the transaction."""
    rows = Transfer.objects.select_for_update(of=("self",))
    return rows.filter(incident=incident, incoming=True, state=Transfer.State.DELIVERED).first()


def tell_origin(*, incident: Incident) -> bool:
    """Tell the centres an incident came from how far it is; return whether there was news.

    There are several where hand-overs were merged. One that cannot be reached keeps no other
    from hearing.

    Raises:
        NotReached: when one of them cannot hear it now; the next try tells all of them again.
    """
    rows = list(Transfer.objects.filter(incident=incident, incoming=True))
    missed: neighbours.NotReached | None = None
    for row in rows:
        try:
            _tell(row)
        except neighbours.NotReached as error:
            missed = error
    if missed is not None:
        raise missed
    return bool(rows)


@transaction.atomic
def _tell(transfer: Transfer) -> None:
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    current = Incident.objects.get(pk=row.incident_id)
    row.state, row.heard = _settled(row, current), row.heard + 1
    row.progress = current.state
    row.save(update_fields=["state", "progress", "heard"])
    returned = row.state == Transfer.State.RETURNED
    news = {"n": row.heard, "state": row.state, "progress": row.progress, "person": row.person,
            "note": row.note if returned else ""}  # fmt: skip
    neighbours.hand_over(NEWS, to=row.region, key=row.key, body=news)


def tell_origin_now(*, incident: Incident) -> None:
    """Try to tell while somebody looks; the outbox tells it otherwise."""
    with suppress(neighbours.NotReached):
        tell_origin(incident=incident)


def hear(message: Message) -> dict[str, Any]:
    """Note what the other centre tells; what it gives back stands on the board again."""
    row = Transfer.objects.select_for_update(of=("self",)).filter(
        key=message.key, incoming=False, region=message.origin.schema).first()  # fmt: skip
    news = message.body
    if row is None or news["n"] <= row.heard or row.state == Transfer.State.WITHDRAWN:
        return {}
    before, now = row.state, timezone.now()
    row.state, row.progress = Transfer.State(news["state"]).value, State(news["progress"]).value
    row.heard, row.person = news["n"], news["person"]
    row.save(update_fields=["state", "progress", "heard", "person"])
    incident = marking.locked(row.incident)
    words = ", ".join(part for part in (message.origin.name, news["note"]) if part)
    if row.state == Transfer.State.RETURNED and incident.state == State.TRANSFERRED:
        transferring.back_on_board(incident, "came_back", by=None, at=now, note=words)
        return {}
    if row.state != before and row.state in HEARD_AS:
        marking.stamp(incident, HEARD_AS[row.state], at=now, by=None, text=words)
    marking.changed(incident)
    return {}


def _settled(row: Transfer, incident: Incident) -> str:
    """Return how far a hand-over is here: units accept it, an end ends it."""
    if row.state == Transfer.State.RETURNED:
        return row.state
    if incident.state in ENDED:
        return Transfer.State.ENDED.value
    waits = row.state == Transfer.State.DELIVERED and incident.state == State.QUEUED
    return row.state if waits else Transfer.State.ACCEPTED.value


def _told(message: Message, now: datetime) -> intake.Told:
    body = message.body
    pin = tuple(body["pin"]) if body["pin"] else None
    return intake.Told(
        key=uuid5(message.key, message.origin.schema),
        kind=CallType.NORMAL,
        channel=Channel.CENTRE,
        answered_at=now,
        number=body["ring"],
        name=body["name"],
        note=f"{message.origin.name}, {body['number']}",
        category=_category(body["category"]),
        text=body["text"],
        address=body["address"],
        landmark=body["landmark"],
        area=locate(*pin) if pin else None,
        pin=pin,
        accuracy=body["accuracy"],
        source=body["source"] or Source.CALLER,
        casualties=body["casualties"],
        hazards=body["hazards"],
        answers=body["answers"],
        sample=body["sample"],
    )


def _category(slug: str) -> Category:
    """Return this centre's category of that name, else what fits nowhere, else its last.

    Raises:
        Category.DoesNotExist: in a centre without categories: it cannot take anything.
    """
    same = Category.objects.filter(slug__in=(slug, FALLBACK))
    found = {category.slug: category for category in same}
    return found.get(slug) or found.get(FALLBACK) or _last()


def _last() -> Category:
    found = Category.objects.filter(active=True).last()
    if found is None:
        raise Category.DoesNotExist("a centre without categories takes nothing")
    return found
