"""Hand an incident over: to a service by telephone, or to another region's centre on the platform.

The incident leaves the board at once and its record says who has it. To another region it goes in
two steps: :func:`transfer` commits here, :func:`deliver` brings it there and notes the receipt,
both sides in one transaction. The view tries the second step at once; where that fails the outbox
tries again, and until then the page says that nobody has confirmed it: telephone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit, neighbours
from balai.outbox import publish
from modules.emergency import callers, topics, workflow
from modules.emergency.models import Call, Incident, Transfer
from modules.emergency.services import ending, marking
from modules.emergency.states import State
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

INCIDENT = "emergency.incident"
"""The kind of message that carries an incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who takes it on. ``region`` is a schema; the receipt of one comes by itself."""

    receiver: str
    name: str = ""
    region: str = ""
    person: str = ""
    receipt: str = ""
    note: str = ""
    at: datetime | None = None


@transaction.atomic
def transfer(
    *, incident: Incident, handover: Handover, by: "User", now: datetime | None = None
) -> Transfer:
    """Hand an incident over; units on their way are called back.

    Raises:
        NotAllowed: when it is too far for that, or who took it is not said.
        PermissionDenied: when ``by`` may not.
    """
    now = now or timezone.now()
    far = handover.receiver == Transfer.Receiver.REGION
    if not (handover.region if far else handover.person.strip()):
        raise NotAllowed(_("Say who takes it on."))
    ending.release(marking.locked(incident), by)
    row = Transfer(
        incident=marking.locked(incident),
        receiver=handover.receiver,
        name=handover.name.strip(),
        region=handover.region,
        person=handover.person.strip(),
        receipt=handover.receipt.strip(),
        note=handover.note.strip(),
        at=min(handover.at or now, now),
        state=Transfer.State.WAITING if far else Transfer.State.ACCEPTED,
        received_at=None if far else min(handover.at or now, now),
    )
    row.incident = ending.end(row.incident, "transfer", by=by, now=row.at, text=_words(row))
    row.save()
    if far:
        publish(topics.HANDED_OVER, key=str(row.incident.uuid), transfer=row.pk)
    return row


@transaction.atomic
def deliver(*, transfer: Transfer) -> Transfer:
    """Bring a hand-over to the other region and note its receipt; done once, asked often.

    Raises:
        NotReached: when the other region cannot take it now; nothing has changed then.
    """
    row = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if row.incoming or row.state != Transfer.State.WAITING or not row.region:
        return row
    incident = marking.locked(row.incident)
    answer = neighbours.hand_over(INCIDENT, to=row.region, key=row.key, body=_told(row, incident))
    row.state, row.receipt = Transfer.State.DELIVERED, str(answer["receipt"])
    row.received_at = timezone.now()
    row.save(update_fields=["state", "receipt", "received_at"])
    marking.stamp(incident, "received_there", at=row.received_at, by=None, text=_words(row))
    marking.changed(incident)
    audit.record(
        action="emergency.handed_over", target=incident.number, after={"receipt": row.receipt}
    )
    return row


def deliver_now(*, transfer: Transfer) -> bool:
    """Try to deliver while somebody looks; tell whether the receipt is here."""
    try:
        return deliver(transfer=transfer).state != Transfer.State.WAITING
    except neighbours.NotReached:
        return False


@transaction.atomic
def reopen(*, incident: Incident, note: str, by: "User", now: datetime | None = None) -> Incident:
    """Take back what was cancelled, handed over or closed: it stands on the board again.

    What another region has confirmed is not taken back from here: it must give it back. What was
    closed needs who runs the shift; its outcome goes into the record and is asked for again.

    Raises:
        NotAllowed: without a reason, or when somebody else has it.
        PermissionDenied: when ``by`` may not.
    """
    if not note.strip():
        raise NotAllowed(_("Say why it is taken back."))
    last = outgoing(incident, lock=True)
    current = marking.locked(incident)
    move = workflow.get("reopen_closed" if current.state == State.CLOSED else "reopen")
    if not by.has_perm(move.permission):
        raise PermissionDenied
    if reason := workflow.problem(move, current.state):
        raise NotAllowed(reason)
    if current.state == State.TRANSFERRED:
        _withdraw(last)
    if current.outcome is not None:
        note = f"{note.strip()} ({current.outcome.label})"
    return back_on_board(current, "reopen", by=by, at=now or timezone.now(), note=note)


def back_on_board(
    current: Incident, what: str, *, by: "User | None", at: datetime, note: str
) -> Incident:
    """Open an ended incident again: as far as its units are, in the caller's transaction."""
    before, current.ended_at, current.outcome = current.state, None, None
    current.save(update_fields=["ended_at", "outcome"])
    marking.stamp(current, what, at=at, by=by, text=note)
    marking.follow_legs(current)
    audit.record(
        action=f"emergency.{what}", target=current.number,
        before={"state": before}, after={"state": current.state},
    )  # fmt: skip
    return current


def require_dispatch(by: "User") -> None:
    """Raise PermissionDenied unless ``by`` dispatches."""
    if not by.has_perm(workflow.DISPATCH):
        raise PermissionDenied


def outgoing(incident: Incident, *, lock: bool = False) -> Transfer | None:
    """Return the incident's last hand-over to somebody else."""
    rows = Transfer.objects.filter(incident=incident, incoming=False).order_by("-at", "-id")
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def _withdraw(last: Transfer | None) -> None:
    if last is None:
        raise NotAllowed(_("It was given back to the centre it came from."))
    if last.region and last.state != Transfer.State.WAITING:
        raise NotAllowed(_("%(name)s has it: ask them to give it back.") % {"name": last.who})
    last.state = Transfer.State.WITHDRAWN
    last.save(update_fields=["state"])


def _words(row: Transfer) -> str:
    return ", ".join(part for part in (row.who, row.person, row.receipt, row.note) if part)


def _told(row: Transfer, incident: Incident) -> dict[str, Any]:
    """Return what the other centre needs to send help; nothing else crosses."""
    call = Call.objects.filter(incident=incident).exclude(caller=None).first()
    place = [incident.latitude, incident.longitude] if incident.latitude is not None else None
    return {
        "number": incident.number,
        "category": incident.category.slug,
        "sealed": incident.sealed,
        "text": incident.text,
        "address": incident.address,
        "landmark": incident.landmark,
        "pin": place,
        "accuracy": incident.accuracy,
        "source": incident.source,
        "casualties": incident.casualties,
        "hazards": incident.hazards,
        "answers": incident.answers,
        "ring": callers.read(call.caller) if call else "",
        "name": call.name if call else "",
        "note": row.note,
        "at": row.at.isoformat(),
        "sample": incident.sample,
    }
