"""Who is on a unit: signing on and off, and the position that a crew's phone sends meanwhile."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import audit
from balai.live.announce import announce
from balai.outbox import publish
from modules.emergency import geo, topics, workflow
from modules.emergency.models import Leg, Shift, Unit
from modules.emergency.states import ACTIVE_LEGS
from modules.emergency.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

POSITION_EVERY: Final = timedelta(seconds=15)
"""What comes sooner is left out; phones send every 20 s, and a little late or early."""
WORTH_TELLING: Final = 100
"""Metres after which the boards are drawn again."""


@transaction.atomic
def sign_on(*, unit: Unit, user: "User", by: "User", now: datetime | None = None) -> Shift:
    """Put somebody on a unit; they leave the one they were on.

    Args:
        by: the same person, or a supervisor.

    Raises:
        NotAllowed: when the unit is not in use, or they would leave an incident alone.
        PermissionDenied: when the unit is of another agency, or ``by`` may not.
    """
    now = now or timezone.now()
    _require(by, user)
    earlier = _open(user)
    current = _held(unit, earlier)
    if not current.active:
        raise NotAllowed(_("%(unit)s is not in use.") % {"unit": current.callsign})
    if not user.agencies_for(workflow.CREW).covers(current.agency_id):
        raise PermissionDenied
    if earlier is not None and earlier.unit_id == current.pk:
        return earlier
    if earlier is not None:
        _end(earlier, now)
    shift = Shift.objects.create(unit=current, user=user, began_at=now)
    publish(topics.UNIT, unit=current.pk)
    audit.record(
        action="emergency.shift_began", target=current.callsign, after={"person": str(user.uuid)}
    )
    return shift


@transaction.atomic
def sign_off(*, user: "User", by: "User", now: datetime | None = None) -> Shift | None:
    """End somebody's shift; None when they are on no unit.

    With the last of its crew a unit's position is forgotten: it was a person's.

    Raises:
        NotAllowed: when nobody would be left on a unit that is with an incident.
        PermissionDenied: when ``by`` may not.
    """
    _require(by, user)
    shift = _open(user)
    if shift is not None:
        _end(shift, now or timezone.now())
    return shift


def note_position(
    *, user: "User", pin: tuple[float, float], now: datetime | None = None
) -> datetime | None:
    """Store where the unit is that somebody is on.

    Args:
        pin: (latitude, longitude) in degrees.

    Returns:
        When its position is of now; None for somebody who is on no unit, whose is not stored.
    """
    now = now or timezone.now()
    shift = Shift.objects.filter(user=user, ended_at=None).select_related("unit").first()
    if shift is None:
        return None
    unit = shift.unit
    if unit.position_at and now - unit.position_at < POSITION_EVERY:
        return unit.position_at
    told = _moved((unit.latitude, unit.longitude), pin)
    unit.latitude, unit.longitude, unit.position_at = *pin, now
    unit.save(update_fields=["latitude", "longitude", "position_at"])
    if told:
        announce(topics.UNIT)
    return now


def _moved(before: tuple[float | None, float | None], pin: tuple[float, float]) -> bool:
    latitude, longitude = before
    if latitude is None or longitude is None:
        return True
    return geo.metres((latitude, longitude), pin) >= WORTH_TELLING


def _held(unit: Unit, earlier: Shift | None) -> Unit:
    """Return the unit as it is now, kept for this transaction together with the one that is left.

    In the order of their keys: two people who change places never wait for one another.
    """
    keys = {unit.pk, earlier.unit_id} if earlier else {unit.pk}
    rows = Unit.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}[unit.pk]


def _open(user: "User") -> Shift | None:
    open_ones = Shift.objects.select_for_update(of=("self",)).filter(user=user, ended_at=None)
    return open_ones.select_related("unit").first()


def _end(shift: Shift, now: datetime) -> None:
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=shift.unit_id)
    alone = not unit.shifts.filter(ended_at=None).exclude(pk=shift.pk).exists()
    if alone and Leg.objects.filter(unit=unit, state__in=ACTIVE_LEGS).exists():
        raise NotAllowed(
            _("%(unit)s is with an incident: clear it first, or let somebody take over.")
            % {"unit": unit.callsign}
        )
    shift.ended_at = now
    shift.save(update_fields=["ended_at"])
    if alone:
        unit.latitude = unit.longitude = unit.position_at = None
        unit.save(update_fields=["latitude", "longitude", "position_at"])
    publish(topics.UNIT, unit=unit.pk)
    audit.record(
        action="emergency.shift_ended", target=unit.callsign,
        after={"person": str(shift.user.uuid)},
    )  # fmt: skip


def _require(by: "User", user: "User") -> None:
    own = by.pk == user.pk and by.has_perm(workflow.CREW)
    if not (own or by.has_perm(workflow.SUPERVISE)):
        raise PermissionDenied
