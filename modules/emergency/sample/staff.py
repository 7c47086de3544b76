"""Who plays the month: the region's own people of the centre, or stand-ins for its length."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from balai.accounts.models import Membership, User
from balai.accounts.services import close_account, grant_role
from modules.emergency.models import Unit

TAKER, DISPATCHER, SUPERVISOR, CREW = (
    "call_taker", "dispatcher", "emergency_supervisor", "crew",
)  # fmt: skip
STAND_IN: Final = "contoh-{role}@sampel.invalid"
STAND_IN_CREW: Final = "kru-{unit}@kru-sampel.invalid"
"""Mail to .invalid goes nowhere (RFC 2606), so that nobody can sign in as one of them."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Takes calls; sends units; closes what nobody was sent to."""

    taker: User
    dispatcher: User
    supervisor: User


@contextmanager
def staff() -> Iterator[Staff]:
    """Yield people with the rights that the services ask for; stand-ins leave afterwards."""
    try:
        yield Staff(_person(TAKER), _person(DISPATCHER), _person(SUPERVISOR))
    finally:
        remove_stand_ins()


def crews() -> list[User]:
    """Return the crew members of the region, the first first."""
    held = Membership.objects.filter(role=CREW, user__is_active=True).select_related("user")
    return [row.user for row in held.order_by("id")]


def stand_in_crew(unit: Unit) -> User:
    """Return somebody to be on a unit as long as the sample is there."""
    email = STAND_IN_CREW.format(unit=unit.pk)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email=email, name=f"Kru {unit.callsign} (contoh)")
        grant_role(user=user, role=CREW, agency=unit.agency)
    return user


def stand_in_crews() -> QuerySet[User]:
    """Return the people of :func:`stand_in_crew`."""
    return User.objects.filter(email__endswith=STAND_IN_CREW.partition("@")[2])


def remove_stand_ins(*, crews_too: bool = False) -> None:
    """Close the accounts of stand-ins, also of a run that broke off; what they did stays."""
    found = User.objects.filter(email__endswith=STAND_IN.partition("@")[2])
    for user in (*found, *(stand_in_crews() if crews_too else ())):
        close_account(user=user)


def _person(role: str) -> User:
    held = Membership.objects.filter(role=role, user__is_active=True).select_related("user")
    first = held.order_by("id").first()
    if first is not None:
        return first.user
    user = User.objects.create_user(email=STAND_IN.format(role=role), name="Data contoh")
    grant_role(user=user, role=role)
    return user
