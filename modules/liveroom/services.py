"""Connect and disconnect screens; remember who looked."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.audit.actor import acting_as
from modules.liveroom.models import Screen

if TYPE_CHECKING:
    from balai.accounts.models import User

MANAGE = "liveroom.manage_screens"
LOOK_AGAIN = 3600
"""Seconds in which one viewer's further looks are the same look."""


@transaction.atomic
def connect_screen(*, name: str, days: int, by: "User", now: datetime | None = None) -> Screen:
    """Make a link for a television that works for ``days`` days.

    Raises:
        PermissionDenied: when ``by`` may not connect screens.
    """
    _require(by)
    until = (now or timezone.now()) + timedelta(days=days)
    screen = Screen.objects.create(name=name.strip(), created_by=by, expires_at=until)
    audit.record(action="liveroom.screen_connected", target=str(screen.uuid), after={"days": days})
    return screen


@transaction.atomic
def revoke_screen(*, screen: Screen, by: "User", now: datetime | None = None) -> Screen:
    """Take a screen's link back; the screen goes dark at its next look.

    Raises:
        PermissionDenied: when ``by`` may not connect screens.
    """
    _require(by)
    if screen.revoked_at is None:
        screen.revoked_at = now or timezone.now()
        screen.save(update_fields=["revoked_at"])
        audit.record(action="liveroom.screen_revoked", target=str(screen.uuid))
    return screen


@transaction.atomic
def note_officer(*, user: "User") -> bool:
    """Write down that somebody looked at the wall; once an hour a person. Tell whether it did."""
    if not cache.add(f"liveroom:viewer:{user.uuid}", 1, timeout=LOOK_AGAIN):
        return False
    audit.record(action="liveroom.viewed", target="wall")
    return True


@transaction.atomic
def note_screen(*, screen: Screen, now: datetime | None = None) -> bool:
    """Write down that a screen showed the wall; once an hour a screen. Tell whether it did."""
    now = now or timezone.now()
    seen = screen.last_seen_at
    if seen is not None and (now - seen).total_seconds() < LOOK_AGAIN:
        return False
    screen.last_seen_at = now
    screen.save(update_fields=["last_seen_at"])
    with acting_as("screen", screen.uuid):
        audit.record(action="liveroom.viewed", target=str(screen.uuid))
    return True


def _require(by: "User") -> None:
    if not by.has_perm(MANAGE):
        raise PermissionDenied
