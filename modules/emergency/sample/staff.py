"""Who plays the month: the region's own people of the centre, or stand-ins for its length."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from balai.accounts.models import Membership, User
from balai.accounts.services import close_account, grant_role

TAKER, DISPATCHER, SUPERVISOR, CREW = (
    "call_taker", "dispatcher", "emergency_supervisor", "crew",
)  # fmt: skip
STAND_IN: Final = "contoh-{role}@sampel.invalid"
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


def remove_stand_ins() -> None:
    """Close the accounts of stand-ins, also of a run that broke off; what they did stays."""
    for user in User.objects.filter(email__endswith=STAND_IN.partition("@")[2]):
        close_account(user=user)


def _person(role: str) -> User:
    held = Membership.objects.filter(role=role, user__is_active=True).select_related("user")
    first = held.order_by("id").first()
    if first is not None:
        return first.user
    user = User.objects.create_user(email=STAND_IN.format(role=role), name="Data contoh")
    grant_role(user=user, role=role)
    return user
