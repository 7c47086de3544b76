"""What a region decides about its prices."""

from dataclasses import dataclass, fields
from datetime import time

from balai import context

SLUG = "prices"


@dataclass(frozen=True, slots=True)
class Settings:
    """Clock times of the region, "HH:MM"; the defaults are those of PIHPS (Bank Indonesia).

    ``zone`` picks the ceilings; ``outlier_percent`` and ``median_days`` are the gate;
    ``carry_days`` how many published days an old price may stand in, marked "H-n".
    """

    submit_by: str = "10:00"
    verify_by: str = "12:00"
    publish_at: str = "13:00"
    publish_itself: bool = True
    four_eyes: bool = True
    zone: str = "1"
    outlier_percent: int = 20
    carry_days: int = 3
    photos: bool = True
    source: str = ""

    def clock(self, name: str) -> time:
        """Return ``submit_by``, ``verify_by`` or ``publish_at`` as a time of day."""
        return time.fromisoformat(getattr(self, name))


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
