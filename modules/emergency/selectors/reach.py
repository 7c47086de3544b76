"""Which incidents and units somebody sees: the centre all, a liaison those of their own agency."""

from typing import TYPE_CHECKING, Final, TypeVar

from django.db.models import Model, Q, QuerySet

from modules.emergency.models import Incident, Leg, Unit

if TYPE_CHECKING:
    from balai.accounts.models import User

SEE: Final = "emergency.see_board"
Row = TypeVar("Row", bound=Model)


def incidents(user: "User") -> QuerySet[Incident]:
    """Return the incidents within somebody's reach.

    Of an agency are those it is in charge of and those that one of its units is or was with.
    """
    scope = user.agencies_for(SEE)
    if scope.all_agencies:
        return Incident.objects.all()
    theirs = Leg.objects.filter(unit__agency__in=scope.ids).values("incident")
    return Incident.objects.filter(Q(agency__in=scope.ids) | Q(pk__in=theirs))


def units(user: "User") -> QuerySet[Unit]:
    """Return the units in use within somebody's reach."""
    scope = user.agencies_for(SEE)
    found = Unit.objects.filter(active=True)
    return found if scope.all_agencies else found.filter(agency__in=scope.ids)


def whole(user: "User") -> bool:
    """Tell whether somebody sees the centre's whole board."""
    return bool(user.agencies_for(SEE).all_agencies)
