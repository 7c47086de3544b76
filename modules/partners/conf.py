"""What a region decides about sharing."""

from dataclasses import dataclass, fields
from typing import Any

from balai import context

SLUG = "partners"


@dataclass(frozen=True, slots=True)
class Settings:
    """``link_days``: calendar days a link without an account holds.

    ``sealed``: categories as "<source>:<slug>" that two people must agree to share, beside those
    that a source seals itself. By default violence against women or children.
    ``remind_days``: so many days before its last day people are told that a co-operation ends.
    """

    link_days: int = 14
    remind_days: tuple[int, ...] = (60, 30, 7)
    sealed: tuple[str, ...] = ("complaints:kekerasan",)


def current() -> Settings:
    """Return the active region's settings; what it never decided has the default."""
    stored = context.current_region().module_settings.get(SLUG, {})
    known = {field.name for field in fields(Settings)}
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    return Settings(**told)
