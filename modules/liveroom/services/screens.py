"""Connect and disconnect screens."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from balai import audit
from modules.liveroom.models import Screen

if TYPE_CHECKING:
    from balai.accounts.models import User

MANAGE = "liveroom.manage_screens"


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


def _require(by: "User") -> None:
    if not by.has_perm(MANAGE):
        raise PermissionDenied
