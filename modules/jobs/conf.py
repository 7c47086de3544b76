"""What a region's admin may decide about its labour market."""

from dataclasses import dataclass, fields

from balai import context

SLUG = "jobs"


@dataclass(frozen=True, slots=True)
class Settings:
    """Days of officers are working days; ``outcome_days`` and ``open_days`` are plain ones.

    ``minimum_wage`` is the region's own (UMK) in rupiah a month; 0 flags no wage as too low.
    """

    verify_days: int = 2
    review_days: int = 1
    outcome_days: int = 14
    open_days: int = 90
    minimum_wage: int = 0


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
