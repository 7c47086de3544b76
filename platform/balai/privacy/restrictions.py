"""Whose processing is restricted now (UU PDP 27/2022, article 41)."""

from typing import Any

from django.db.models import QuerySet

from balai import context
from balai.privacy import law
from balai.privacy.models import DataRequest
from balai.privacy.states import State


def users() -> "QuerySet[DataRequest, Any]":
    """Return the accounts whose processing is restricted, for a subquery; none on the platform."""
    rows = DataRequest.objects.none() if context.region_or_none() is None else DataRequest.objects
    found = rows.filter(kind=law.Kind.RESTRICTION, state=State.DONE, lifted_at=None)
    return found.exclude(user=None).values("user")
