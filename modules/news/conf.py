"""What a region decides about its news."""

from dataclasses import dataclass, fields
from typing import Final

from balai import context

SLUG: Final = "news"


@dataclass(frozen=True, slots=True)
class Settings:
    """``stale_days``: an announcement that nobody looked at for so long needs a look.

    ``quiet_days``: days without news after which the wall alarms. ``push``: messages to phones
    are offered. ``at_home`` and ``elsewhere``: rows on the home page, and of other sites on the
    front page (0: none).
    """

    stale_days: int = 90
    quiet_days: int = 7
    push: bool = True
    at_home: int = 4
    elsewhere: int = 5


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
