"""Who works beside whom: the officers a case can be handed to or who can be told of a note."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from balai.accounts.models import Membership, User
from balai.accounts.scope import roles_with
from balai.directory.models import Agency
from modules.complaints.models import Complaint
from modules.complaints.workflow import HANDLE, VERIFY

MOST = 200


def of_case(complaint: Complaint) -> QuerySet[User]:
    """Return the officers of the agency that holds the report, and of what it is part of.

    A report that no agency holds belongs to the coordinators.
    """
    if complaint.agency_id is None:
        return _people(VERIFY, Q(agency=None))
    return _people(HANDLE, Q(agency__in=_upwards(complaint.agency_id)))


def within(user: Any) -> QuerySet[User]:
    """Return the officers of every agency whose cases ``user`` handles, for bulk actions."""
    scope = user.agencies_for(HANDLE)
    if scope.all_agencies:
        return _people(HANDLE, Q())
    ids: set[int] = set()
    for agency_id in scope.ids:
        ids.update(_upwards(agency_id))
    return _people(HANDLE, Q(agency__in=ids))


def _people(permission: str, where: Q) -> QuerySet[User]:
    valid = Q(valid_until=None) | Q(valid_until__gt=timezone.now())
    held = Membership.objects.filter(valid, where, role__in=roles_with(permission))
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return people.order_by("name", "pk")


def _upwards(agency_id: int) -> Iterable[int]:
    """Return the agency and all it is part of; the tree is a few levels deep."""
    found: list[int] = []
    here: int | None = agency_id
    while here is not None and here not in found:
        found.append(here)
        here = Agency.objects.filter(pk=here).values_list("parent", flat=True).first()
    return found
