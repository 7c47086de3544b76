"""Read screens."""

from django.db.models import QuerySet
from django.utils import timezone

from modules.liveroom.models import Screen


def screens() -> QuerySet[Screen]:
    """Return all screens, the newest first."""
    return Screen.objects.select_related("created_by")


def live_screen(reference: str) -> Screen | None:
    """Return the screen with this uuid unless it was revoked or has run out."""
    found = Screen.objects.filter(uuid=reference, revoked_at=None, expires_at__gt=timezone.now())
    return found.first()
