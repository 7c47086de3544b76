"""What the home page says first: a greeting by the hour of the region."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.ui import formats

MORNING, NOON, AFTERNOON, EVENING = 4, 11, 15, 18


def greeting(user: Any, now: datetime | None = None) -> str:
    """Return "Selamat pagi" or, for somebody signed in, "Selamat pagi, Siti Aminah".

    Pagi, siang, sore and malam begin at 4, 11, 15 and 18 o'clock in the region's zone.
    """
    hour = formats.local(now or timezone.now()).hour
    if MORNING <= hour < NOON:
        words = _("Good morning")
    elif NOON <= hour < AFTERNOON:
        words = _("Good day")
    elif AFTERNOON <= hour < EVENING:
        words = _("Good afternoon")
    else:
        words = _("Good evening")
    name = getattr(user, "name", "") if getattr(user, "is_authenticated", False) else ""
    return f"{words}, {name}" if name else words
