"""The officers' list: people with a role, what they need, who may still come."""

import uuid
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from balai.accounts import second_factor
from balai.accounts.members.models import Invitation, Membership
from balai.accounts.models import User
from balai.directory.models import Agency


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which officers to show; empty parts do not restrict."""

    text: str = ""
    role: str = ""
    agency: Any = None
    state: str = ""


def officers(wanted: Wanted) -> QuerySet[User]:
    """Return people who hold or held a role, by name, with ``held`` and ``protected``.

    ``wanted.state`` is "active", "expired" (no role is current), "closed" (may not sign in) or
    "unprotected" (no second factor).
    """
    memberships = Membership.objects.select_related("agency").order_by("pk")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=second_factor.FACTORS)
    now = timezone.now()
    current = Membership.objects.filter(user=OuterRef("pk")).filter(
        Q(valid_until=None) | Q(valid_until__gt=now)
    )
    found = User.objects.filter(_holding(wanted)).annotate(
        protected=Exists(factors), current=Exists(current)
    )
    if wanted.text:
        text = wanted.text
        found = found.filter(
            Q(name__icontains=text) | Q(email__icontains=text) | Q(phone__icontains=text)
        )
    states = {
        "active": Q(is_active=True, current=True),
        "expired": Q(is_active=True, current=False),
        "closed": Q(is_active=False),
        "unprotected": Q(is_active=True, protected=False),
    }
    found = found.filter(states.get(wanted.state, Q()))
    return found.order_by("name", "pk").prefetch_related(
        Prefetch("memberships", queryset=memberships, to_attr="held")
    )


def officer(reference: uuid.UUID) -> User | None:
    """Return one person with ``held`` and ``protected``, officer or not."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=second_factor.FACTORS)
    memberships = Membership.objects.select_related("agency").order_by("pk")
    return (
        User.objects.filter(uuid=reference)
        .annotate(protected=Exists(factors))
        .prefetch_related(Prefetch("memberships", queryset=memberships, to_attr="held"))
        .first()
    )


def waiting_invitations() -> QuerySet[Invitation]:
    """Return invitations neither accepted nor taken back, newest first; expired ones too."""
    found = Invitation.objects.filter(accepted_at=None, revoked_at=None)
    return found.select_related("agency").order_by("-pk")


def agencies() -> QuerySet[Agency]:
    """Return the agencies that officers can belong to."""
    return Agency.objects.filter(active=True).order_by("name")


def _holding(wanted: Wanted) -> Q:
    held = Membership.objects.filter(user=OuterRef("pk"))
    if wanted.role:
        held = held.filter(role=wanted.role)
    if wanted.agency:
        held = held.filter(agency=wanted.agency)
    return Q(Exists(held))
