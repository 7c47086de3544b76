"""Who is on which unit, and who may go on one."""

import uuid

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.directory.models import Agency
from modules.emergency import workflow
from modules.emergency.models import Shift, Unit

CREW_ROLE = "crew"


def current(user: "User") -> Shift | None:
    """Return the shift somebody is on now, with its unit (1 query)."""
    found = Shift.objects.filter(user=user, ended_at=None).select_related("unit__agency")
    return found.first()


def units(user: "User | None" = None) -> list[Unit]:
    """Return the units in use with ``aboard``, their open shifts (2 queries).

    Args:
        user: only those that this person may go on; None for all.
    """
    found = Unit.objects.filter(active=True).select_related("agency")
    if user is not None:
        scope = user.agencies_for(workflow.CREW)
        found = found if scope.all_agencies else found.filter(agency__in=scope.ids)
    return list(found.prefetch_related(_open("aboard")))


def aboard(unit: Unit) -> list[Shift]:
    """Return who is on a unit, who came first first."""
    found = unit.shifts.filter(ended_at=None).select_related("user")
    return list(found.order_by("began_at", "id"))


def unit(reference: uuid.UUID) -> Unit | None:
    """Return the unit in use with this reference."""
    return Unit.objects.filter(uuid=reference, active=True).select_related("agency").first()


def crews() -> QuerySet[User]:
    """Return the active people who hold the crew's role now, by name."""
    now = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held = Membership.objects.filter(now, role=CREW_ROLE).values("user_id")
    return User.objects.filter(is_active=True, pk__in=held).order_by("name", "id")


def reachable(person: User, found: Unit) -> bool:
    """Tell whether a person may go on a unit: it is of an agency that they are crew of."""
    return bool(person.agencies_for(workflow.CREW).covers(found.agency_id))


def agencies_of(people: list[User]) -> dict[int, str]:
    """Return each person's agencies in words, for a list to choose from (1 query)."""
    rows = Agency.objects.filter(
        memberships__role=CREW_ROLE, memberships__user__in=people
    ).values_list("memberships__user_id", "short_name", "name")
    words: dict[int, list[str]] = {}
    for person, short, name in rows:
        words.setdefault(person, []).append(short or name)
    return {person: ", ".join(sorted(names)) for person, names in words.items()}


def _open(attribute: str) -> "Prefetch[str, QuerySet[Shift], str]":
    shifts = Shift.objects.filter(ended_at=None).select_related("user")
    return Prefetch("shifts", shifts.order_by("began_at", "id"), to_attr=attribute)
