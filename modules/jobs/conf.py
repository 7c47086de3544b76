"""What a region's admin may decide about its labour market."""

from dataclasses import dataclass, fields

from balai import context

SLUG = "jobs"


@dataclass(frozen=True, slots=True)
class Settings:
    """Days of officers are working days; those of employers and of keeping are plain ones.

    ``card_keep_days``: so long after its last day a card's sealed data are kept.
    ``minimum_wage`` is the region's own (UMK) in rupiah a month; 0 flags no wage as too low.
    """

    verify_days: int = 2
    review_days: int = 1
    card_days: int = 2
    outcome_days: int = 14
    open_days: int = 90
    card_keep_days: int = 365
    minimum_wage: int = 0


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
