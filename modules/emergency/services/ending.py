"""How an incident ends: closed with an outcome, cancelled, merged, or handed over."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from modules.emergency import topics, workflow
from modules.emergency.models import Incident, Leg, Outcome, Transfer
from modules.emergency.services import marking
from modules.emergency.services.dispatching import step
from modules.emergency.states import ACTIVE_LEGS, State
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User


@transaction.atomic
def close(
    *,
    incident: Incident,
    outcome: Outcome,
    note: str = "",
    by: "User",
    now: datetime | None = None,
) -> Incident:
    """Close an incident with its outcome; one that nobody was sent to needs a supervisor's note.

    Raises:
        NotAllowed: while units are with it, or without the note where nobody was sent.
        PermissionDenied: when ``by`` may not.
    """
    current = marking.locked(incident)
    unattended = current.state in workflow.get("close_unattended").sources
    name = "close_unattended" if unattended else "close"
    if unattended and not note.strip():
        raise NotAllowed(_("Nobody was sent: say why it can be closed."))
    current.outcome = outcome
    return end(current, name, by=by, now=now, text=note, fields=("outcome",))


@transaction.atomic
def cancel(*, incident: Incident, note: str, by: "User", now: datetime | None = None) -> Incident:
    """End an incident that needs nobody; units on their way are called back.

    Raises:
        NotAllowed: without a reason, when a unit has been there, or when it has ended.
        PermissionDenied: when ``by`` may not.
    """
    if not note.strip():
        raise NotAllowed(_("Say why it is cancelled."))
    release(marking.locked(incident), by)
    current = marking.locked(incident)
    if current.state == State.CLEARED:
        raise NotAllowed(_("A unit has been there: close it with an outcome."))
    return end(current, "cancel", by=by, now=now, text=note)


@transaction.atomic
def merge(
    *, incident: Incident, into: Incident, by: "User", now: datetime | None = None
) -> Incident:
    """Let two incidents be one: calls and units go to ``into``, both records stay.

    What was sealed stays sealed: ``into`` becomes sealed with it.

    Raises:
        NotAllowed: for itself, or when either has ended.
        PermissionDenied: when ``by`` may not.
    """
    if incident.pk == into.pk:
        raise NotAllowed(_("It cannot be merged into itself."))
    # In the order of their keys: two merges of the same pair never wait for one another.
    rows = {row.pk: row for row in Incident.objects.select_for_update(of=("self",)).filter(
        pk__in=(incident.pk, into.pk)).order_by("pk")}  # fmt: skip
    current, main = rows[incident.pk], rows[into.pk]
    if not main.open:
        raise NotAllowed(workflow.MOVED_ON)
    current.calls.update(incident=main)
    Leg.objects.filter(incident=current).update(incident=main)
    # Whatever went into this one before is one step from where it is now, never a chain.
    Incident.objects.filter(merged_into=current).update(merged_into=main)
    # Who handed it over hears of the one it went into.
    Transfer.objects.filter(incident=current, incoming=True).update(incident=main)
    main.sealed = main.sealed or current.sealed
    main.save(update_fields=["sealed"])
    marking.stamp(main, "merged_here", at=now or timezone.now(), by=by, text=current.number)
    marking.follow_legs(main)
    current.merged_into = main
    return end(current, "merge", by=by, now=now, text=main.number, fields=("merged_into",))


def release(incident: Incident, by: "User") -> None:
    """Call back units on their way; those on scene must clear first."""
    for leg in Leg.objects.filter(incident=incident, state__in=ACTIVE_LEGS).select_related("unit"):
        if leg.state not in workflow.step("recall").sources:
            raise NotAllowed(
                _("%(unit)s is on scene: clear it first.") % {"unit": leg.unit.callsign}
            )
        step(leg=leg, name="recall", by=by)


def end(
    incident: Incident,
    name: str,
    *,
    by: "User",
    now: datetime | None,
    text: str = "",
    fields: tuple[str, ...] = (),
) -> Incident:
    """Make one of the moves that end an incident; the caller's transaction holds its row.

    Args:
        fields: what the caller has set besides, to be saved with it.

    Raises:
        NotAllowed: when the table does not know the move from here.
        PermissionDenied: when ``by`` may not make it.
    """
    move, now = workflow.get(name), now or timezone.now()
    if not by.has_perm(move.permission):
        raise PermissionDenied
    reason = workflow.problem(move, incident.state)
    if reason:
        raise NotAllowed(reason)
    before, incident.state, incident.ended_at = incident.state, move.target, now
    marking.stamp(incident, name, at=now, by=by, text=text)
    marking.changed(incident, "state", "ended_at", *fields, topic=topics.ENDED)
    audit.record(
        action=f"emergency.{name}", target=incident.number,
        before={"state": before}, after={"state": incident.state},
    )  # fmt: skip
    return incident
