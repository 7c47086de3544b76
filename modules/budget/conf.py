"""What a region decides about its budget."""

from dataclasses import dataclass, fields
from typing import Final

from balai import context

SLUG: Final = "budget"


@dataclass(frozen=True, slots=True)
class Settings:
    """``behind_points``: percentage points behind the elapsed year that count as too slow.

    ``late_percent``: share of what was realised by now that was realised since 1 October; above
    it an activity stands in the list of spending at the year's end. ``late_least``: rupiah below
    which nobody looks.
    """

    behind_points: int = 15
    late_percent: int = 60
    late_least: int = 100_000_000
    source: str = ""


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
