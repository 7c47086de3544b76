"""Followers of several subjects at once: how many people, page by page, and one's own subjects."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from balai import notify, secrets
from balai.notify.models import PushDevice, Subscription
from balai.notify.push import devices
from balai.notify.subscriptions import recipient
from balai.privacy import restrictions

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE = "notify.follower"


@dataclass(frozen=True, slots=True)
class Follower:
    """One subscription: ``at`` is its place, ``person`` the same for all that one person has."""

    at: int
    person: str
    to: notify.Recipient


def reach(subjects: Collection[str]) -> int:
    """Return how many accounts, addresses and browsers follow any of ``subjects`` (1 query)."""
    return _confirmed(subjects).values("user_id", "email", "device_id").distinct().count()


def page(subjects: Collection[str], *, after: int, limit: int) -> list[Follower]:
    """Return the next ``limit`` subscriptions behind the place ``after`` (1 query).

    Somebody who follows several of the subjects comes several times, as the same ``person``.
    """
    rows = _confirmed(subjects).filter(pk__gt=after).select_related("user", "device")
    return [Follower(row.pk, _person(row), recipient(row)) for row in rows.order_by("pk")[:limit]]


def ways(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """Return by which ways a visitor can be told without writing an address, as for :func:`own`."""
    user: Any = request.user
    found: dict[str, dict[str, Any]] = {}
    if user.is_authenticated:
        found["account"] = {"user": user}
    device = devices.of_browser(request)
    if device is not None:
        found["device"] = {"device": device}
    return found


def own(
    prefix: str, *, user: "User | None" = None, device: PushDevice | None = None
) -> list[tuple[str, str]]:
    """Return (subject, "account" or "device") of what an account and a browser follow."""
    who = Q(pk__in=[])
    who |= Q(user=user) if user is not None else who
    who |= Q(device=device) if device is not None else who
    rows = Subscription.objects.filter(who, subject__startswith=prefix).order_by("subject", "pk")
    return [(row.subject, "device" if row.device_id else "account") for row in rows]


def _confirmed(subjects: Collection[str]) -> QuerySet[Subscription]:
    rows = Subscription.objects.filter(subject__in=subjects, confirmed_at__isnull=False)
    return rows.exclude(user__in=restrictions.users())


def _person(row: Subscription) -> str:
    """Return a name for deduplication keys: no address, and none to be guessed from it."""
    if row.user_id:
        return f"u{row.user_id}"
    if row.device_id:
        return f"d{row.device_id}"
    return f"e{secrets.digest(row.email, purpose=PURPOSE).hex()}"
