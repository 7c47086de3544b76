"""What a region's admin may decide about its reports; days are working days."""

from dataclasses import dataclass, fields

from balai import context

SLUG = "complaints"


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults are those of the national standard (KepmenPANRB 680/2020)."""

    verify_days: int = 3
    info_days: int = 5
    accept_days: int = 1
    validate_days: int = 2
    reopen_days: int = 5
    auto_close_days: int = 10
    remind_days: int = 2
    max_refusals: int = 2
    photo_required: bool = True
    four_eyes: bool = False
    public_list: bool = True


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in stored.items() if name in known})
