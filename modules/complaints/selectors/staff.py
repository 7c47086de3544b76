"""Whom a notice to officers goes to: an agency's own address, or the people who hold a role."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from balai import notify
from balai.accounts.models import Membership, User
from balai.directory.models import Agency

COORDINATORS = ("coordinator",)
HEADS = ("agency_head",)
VALIDATORS = ("validator",)
LEADERS = ("leader",)


@dataclass(frozen=True, slots=True)
class Addressee:
    """One who is told; ``key`` tells people apart in a message's deduplication key."""

    key: str
    to: notify.Recipient


def holders(roles: Iterable[str], agency: Agency | None = None) -> list[User]:
    """Return the active people who hold one of ``roles`` now.

    Args:
        agency: only those who hold it at exactly this agency; None means anywhere.
    """
    current = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held: QuerySet[Membership] = Membership.objects.filter(current, role__in=list(roles))
    held = held.filter(agency=agency) if agency is not None else held
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return list(people.order_by("pk"))


def of_agency(agency: Agency | None) -> list[Addressee]:
    """Return the agency's own mailbox; without one its heads, without those the coordinators."""
    if agency is not None and agency.email:
        return [Addressee(f"agency{agency.pk}", notify.Recipient(email=agency.email))]
    heads = holders(HEADS, agency) if agency is not None else []
    return people(heads) or coordinators()


def coordinators() -> list[Addressee]:
    """Return the coordinators; a region that has none yet is written to at its admins."""
    return people(holders(COORDINATORS) or holders(("admin",)))


def supervisors(agency: Agency | None) -> list[Addressee]:
    """Return who may consent to a case of this agency resting."""
    heads = holders(HEADS, agency) if agency is not None else []
    return people(heads) or coordinators()


def people(users: Iterable[User]) -> list[Addressee]:
    """Return accounts as addressees."""
    return [Addressee(f"user{user.pk}", notify.Recipient(user=user)) for user in users]
