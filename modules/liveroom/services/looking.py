"""Remember who looked at what: once an hour a person and thing, in the audit log."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from balai import audit
from balai.audit.actor import acting_as
from modules.liveroom.looks import AGENCY, CASE, PAST, WALL
from modules.liveroom.models import Screen

if TYPE_CHECKING:
    from balai.accounts.models import User

LOOK_AGAIN: Final = 3600
"""Seconds in which one viewer's further looks at one thing are the same look."""


def note_officer(*, user: "User") -> bool:
    """Write down that somebody looked at the wall. Tell whether it did."""
    return _note(user, WALL, "wall")


def note_agency(*, user: "User", code: str) -> bool:
    """Write down that somebody looked at an agency's figures and cases."""
    return _note(user, AGENCY, code)


def note_case(*, user: "User", module: str, reference: str, number: str) -> bool:
    """Write down that somebody looked at one case."""
    return _note(user, CASE, f"{module}:{reference}", {"number": number})


def note_past(*, user: "User", at: datetime) -> bool:
    """Write down that somebody looked at the wall as it was in an hour of the past day."""
    return _note(user, PAST, f"{timezone.localtime(at):%Y-%m-%dT%H}")


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
        audit.record(action=WALL, target=str(screen.uuid))
    return True


@transaction.atomic
def _note(user: "User", action: str, target: str, after: dict[str, Any] | None = None) -> bool:
    key = "wall" if action == WALL else f"{action}:{target}"
    if not cache.add(f"liveroom:viewer:{user.uuid}:{key}", 1, timeout=LOOK_AGAIN):
        return False
    audit.record(action=action, target=target, after=after)
    return True
