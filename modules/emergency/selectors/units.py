"""The unit board, and which unit is nearest and fits: suggested, never assigned by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from balai.ui.status import Status
from modules.emergency import geo
from modules.emergency.models import Incident, Leg, Shift, Unit
from modules.emergency.selectors import reach
from modules.emergency.states import ACTIVE_LEGS, UNIT_STATUSES, UnitState

if TYPE_CHECKING:
    from balai.accounts.models import User

FRESH: Final = timedelta(minutes=10)
"""A position older than that says where a unit was, not where it is: its post counts then."""
NEAR_KM: Final = 0.5
"""Distances that differ by less are equal: the fresher position decides then."""

OTHER: Final = 99
"""The fit of a unit whose kind the category does not name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit as the board shows it, who is on it and which incident it is with."""

    unit: Unit
    aboard: Sequence[Shift]
    leg: Leg | None

    @property
    def group(self) -> UnitState:
        """Where it stands on the board: nobody sends a unit that nobody is on."""
        if self.unit.state == UnitState.AVAILABLE and not self.aboard:
            return UnitState.OUT_OF_SERVICE
        return UnitState(self.unit.state)

    @property
    def status(self) -> Status:
        """Colour, icon and word."""
        return UNIT_STATUSES[self.group]

    @property
    def why(self) -> str:
        """Why it cannot be sent, where it cannot."""
        if self.group != UnitState.OUT_OF_SERVICE:
            return ""
        return self.unit.reason or ("" if self.aboard else _("nobody on shift"))

    @property
    def crew(self) -> str:
        """Who is on it."""
        return ", ".join(shift.user.label for shift in self.aboard)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit that could go: ``km`` is the distance as the crow flies, None where nobody knows."""

    unit: Unit
    km: float | None
    fit: int
    aboard: int
    age: timedelta | None

    @property
    def reason(self) -> str:
        """Why it stands where it stands, in words."""
        first = {0: _("the right kind"), OTHER: _("another kind")}.get(self.fit, _("fits as well"))
        crew = (
            ngettext("%(n)s on shift", "%(n)s on shift", self.aboard) % {"n": self.aboard}
            if self.aboard
            else _("nobody on shift: ask by radio")
        )
        return " · ".join((first, crew, self._whence()))

    def _whence(self) -> str:
        if self.km is None:
            return _("place unknown")
        if self.age is None:
            return _("from its post")
        minutes = int(self.age.total_seconds() // 60)
        return ngettext(
            "position %(n)s minute old", "position %(n)s minutes old", minutes
        ) % {"n": minutes}  # fmt: skip


def board(user: "User") -> list[Row]:
    """Return the units within somebody's reach, in the order of the board (3 queries)."""
    rows = _rows(list(reach.units(user).select_related("agency")))
    place = {state: at for at, state in enumerate(UnitState)}
    return sorted(rows, key=lambda row: (place[row.group], row.unit.kind, row.unit.callsign))


def row(unit: Unit) -> Row:
    """Return one unit as the board shows it (2 queries)."""
    return _rows([unit])[0]


def suggest(incident: Incident, now: datetime | None = None) -> list[Suggestion]:
    """Return the free units whose kind fits, the best first (2 queries).

    Order: the category's order of kinds; somebody on shift before nobody; the nearer; the fresher
    position. Units without a known place come last of their kind. Nothing is assigned.
    """
    now, kinds = now or timezone.now(), list(incident.category.units)
    free = Unit.objects.filter(active=True, state=UnitState.AVAILABLE, kind__in=kinds)
    units = list(free.select_related("agency"))
    aboard = _aboard(units)
    found = [_suggestion(incident, unit, kinds, len(aboard.get(unit.pk, ())), now)
             for unit in units]  # fmt: skip
    return sorted(found, key=_order)


def others(incident: Incident, now: datetime | None = None) -> list[Suggestion]:
    """Return the other free units, the nearest first: a dispatcher may know better (2 queries)."""
    now = now or timezone.now()
    free = Unit.objects.filter(active=True, state=UnitState.AVAILABLE)
    units = list(free.exclude(kind__in=incident.category.units).select_related("agency"))
    aboard = _aboard(units)
    found = [_suggestion(incident, unit, [], len(aboard.get(unit.pk, ())), now) for unit in units]
    return sorted(found, key=_order)


def _rows(units: Sequence[Unit]) -> list[Row]:
    aboard = _aboard(units)
    legs = {leg.unit_id: leg for leg in Leg.objects.filter(
        unit__in=units, state__in=ACTIVE_LEGS).select_related("incident")}  # fmt: skip
    return [Row(unit, aboard.get(unit.pk, ()), legs.get(unit.pk)) for unit in units]


def _suggestion(
    incident: Incident, unit: Unit, kinds: Sequence[str], aboard: int, now: datetime
) -> Suggestion:
    age = now - unit.position_at if unit.position_at else None
    fresh = age is not None and age <= FRESH
    here = _point(unit.latitude, unit.longitude) if fresh else None
    place = here or _point(unit.base_latitude, unit.base_longitude)
    scene = _point(incident.latitude, incident.longitude)
    km = geo.metres(scene, place) / 1000 if scene and place else None
    fit = kinds.index(unit.kind) if unit.kind in kinds else OTHER
    return Suggestion(unit, km, fit, aboard, age if here else None)


def _order(found: Suggestion) -> tuple[int, bool, bool, int, float, float]:
    far = found.km or 0.0
    age = found.age.total_seconds() if found.age is not None else FRESH.total_seconds()
    return (found.fit, not found.aboard, found.km is None, int(far / NEAR_KM), age, far)


def _point(latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
    return None if latitude is None or longitude is None else (latitude, longitude)


def _aboard(units: Sequence[Unit]) -> dict[int, list[Shift]]:
    found: dict[int, list[Shift]] = {}
    open_ones = Shift.objects.filter(unit__in=units, ended_at=None).select_related("user")
    for shift in open_ones.order_by("began_at", "id"):
        found.setdefault(shift.unit_id, []).append(shift)
    return found
