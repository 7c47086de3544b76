"""What a region decides about its centre."""

from dataclasses import dataclass, fields

from balai import context

SLUG = "emergency"


@dataclass(frozen=True, slots=True)
class Settings:
    """Seconds and metres; the defaults are those of the national 112 standard (Kominfo)."""

    classify_seconds: int = 60
    dispatch_seconds: int = 60
    acknowledge_seconds: int = 120
    nearby_metres: int = 500
    nearby_minutes: int = 60
    prank_warning: int = 3
    prank_half_life_days: int = 30
    panic_enabled: bool = True
    alerts_two_persons: bool = True


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
