"""Send units, follow their steps, call them back, put a wrong time right."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.outbox import publish
from modules.emergency import topics, workflow
from modules.emergency.models import Incident, Leg, Shift, Stamp, Unit
from modules.emergency.services import marking
from modules.emergency.states import UNIT_STATE_OF, UnitState
from modules.emergency.workflow import NotAllowed, Who

if TYPE_CHECKING:
    from balai.accounts.models import User


SLIP: Final = timedelta(days=1)
"""A time further before the call is a slip of the keyboard; figures would be worked out from it."""


class NotFree(NotAllowed):
    """Raised when a unit was sent elsewhere or taken out of service meanwhile."""


@transaction.atomic
def send(*, unit: Unit, incident: Incident, by: "User", now: datetime | None = None) -> Leg:
    """Send a free unit to an open incident.

    Raises:
        NotFree: when the unit is no longer free.
        NotAllowed: when the incident has ended.
        PermissionDenied: when ``by`` does not dispatch.
    """
    _require(by, workflow.DISPATCH)
    now = now or timezone.now()
    current = marking.locked(incident)
    free = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not current.open:
        raise NotAllowed(workflow.MOVED_ON)
    if free.state != UnitState.AVAILABLE or not free.active:
        raise NotFree(_("%(unit)s is not free any more.") % {"unit": free.callsign})
    leg = Leg.objects.create(incident=current, unit=free, sent_at=now)
    _show(free, leg)
    marking.stamp(current, "dispatch", at=now, by=by, unit=free)
    marking.follow_legs(current)
    audit.record(
        action="emergency.dispatched", target=current.number, after={"unit": free.callsign}
    )
    return leg


@transaction.atomic
def step(
    *,
    leg: Leg,
    name: str,
    by: "User",
    at: datetime | None = None,
    now: datetime | None = None,
) -> Leg:
    """Make one of the table's steps; a step that was made already changes nothing.

    Args:
        name: see ``workflow.STEPS``.
        at: when it happened, at most now; a crew's phone may have been without a network.

    Raises:
        NotAllowed: when the table does not know the step from here.
        PermissionDenied: when ``by`` is neither on the unit nor a dispatcher.
    """
    wanted, now = workflow.step(name), now or timezone.now()
    incident = marking.locked(leg.incident)
    current = Leg.objects.select_for_update(of=("self",)).select_related("unit").get(pk=leg.pk)
    _require_for(current, wanted.who, by)
    if current.state == wanted.target:
        return current
    if current.state not in wanted.sources:
        raise NotAllowed(workflow.MOVED_ON)
    current.state = wanted.target
    current.save(update_fields=["state"])
    _show(current.unit, current)
    marking.stamp(incident, name, at=min(at or now, now), by=by, unit=current.unit)
    if incident.open:
        marking.follow_legs(incident)
    return current


@transaction.atomic
def set_service(*, unit: Unit, available: bool, by: "User", reason: str = "") -> Unit:
    """Take a unit without an incident out of service, or bring it back.

    Args:
        reason: why it is out of service, for the board.

    Raises:
        NotAllowed: while it is with an incident.
        PermissionDenied: when ``by`` is neither on the unit nor a dispatcher.
    """
    current = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not (by.has_perm(workflow.DISPATCH) or is_on(by, current)):
        raise PermissionDenied
    if current.state not in (UnitState.AVAILABLE, UnitState.OUT_OF_SERVICE):
        raise NotAllowed(_("%(unit)s is with an incident.") % {"unit": current.callsign})
    current.state = UnitState.AVAILABLE if available else UnitState.OUT_OF_SERVICE
    current.reason = "" if available else reason.strip()
    current.save(update_fields=["state", "reason"])
    publish(topics.UNIT, unit=current.pk)
    audit.record(
        action="emergency.unit_service", target=current.callsign, after={"state": current.state},
        reason=current.reason,
    )  # fmt: skip
    return current


@transaction.atomic
def correct(*, stamp: Stamp, at: datetime, reason: str, by: "User") -> Stamp:
    """Say that a moment was another; the old row stays and the new one names it.

    Raises:
        NotAllowed: without a reason, for a moment ahead of now, or for a day before the call.
        PermissionDenied: when ``by`` does not dispatch.
    """
    _require(by, workflow.DISPATCH)
    if not reason.strip():
        raise NotAllowed(_("Say why the time was wrong."))
    if at > timezone.now():
        raise NotAllowed(_("This moment lies ahead."))
    if at < stamp.incident.created_at - SLIP:
        raise NotAllowed(_("This moment lies more than a day before the call."))
    incident = marking.locked(stamp.incident)
    later = marking.stamp(
        incident, stamp.what, at=at, by=by, unit=stamp.unit, text=reason, corrects=stamp
    )
    marking.changed(incident)
    audit.record(
        action="emergency.corrected", target=incident.number,
        before={stamp.what: stamp.at.isoformat()}, after={stamp.what: at.isoformat()},
        reason=reason,
    )  # fmt: skip
    return later


def is_on(user: "User", unit: Unit) -> bool:
    """Tell whether somebody is on a unit now."""
    return Shift.objects.filter(unit=unit, user=user, ended_at=None).exists()


def _show(unit: Unit, leg: Leg) -> None:
    unit.state = UNIT_STATE_OF[leg.state]
    unit.save(update_fields=["state"])
    publish(topics.UNIT, unit=unit.pk)


def _require_for(leg: Leg, who: Who, by: "User") -> None:
    """Let a crew make its own steps, and the centre make them for a crew."""
    if by.has_perm(workflow.DISPATCH) or (who is Who.CREW and is_on(by, leg.unit)):
        return
    raise PermissionDenied


def _require(by: "User", permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied
