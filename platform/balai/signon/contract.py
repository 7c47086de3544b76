"""What modules may know of connected apps: frozen facts, never a client's row."""

from dataclasses import dataclass

from allauth.idp.oidc.models import Client
from django.db.models import Count

from balai.signon import clients
from balai.signon.clients import CHANGED
from balai.signon.models import Grant

__all__ = ["CHANGED", "Connected", "all_of_them", "connected_by"]


@dataclass(frozen=True, slots=True)
class Connected:
    """An app that signs people in: its client id, name, state and how many people it knows."""

    client_id: str
    name: str
    disabled: bool
    people: int = 0


def all_of_them() -> list[Connected]:
    """Return the region's connected apps by name, with their people (2 queries)."""
    known = Grant.objects.exclude(scopes="").values_list("client").annotate(n=Count("pk"))
    people = dict(known)
    return [
        Connected(row.pk, row.name, clients.is_disabled(row), people.get(row.pk, 0))
        for row in Client.objects.order_by("name", "pk")
    ]


def connected_by(user_id: int) -> frozenset[str]:
    """Return the client ids of the apps that a person has connected (1 query)."""
    rows = Grant.objects.filter(user_id=user_id).exclude(scopes="")
    return frozenset(rows.values_list("client_id", flat=True))
