"""The number behind an entry of a menu: how much waits there for whoever looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.module_loading import import_string

from balai.memo import memo
from balai.modules.manifest import NavItem

SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Badge:
    """How many things wait, and how many of them too long."""

    count: int
    late: int = 0


Counter = Callable[[Any], Badge]
"""Given the user, at most one query."""


def counter(item: NavItem) -> Counter:
    """Return the function that an entry's ``badge`` names. Raises ImportError for a wrong name."""
    found: Counter = import_string(item.badge)
    return found


def of(item: NavItem, user: Any) -> Badge | None:
    """Return what waits behind an entry for somebody, at most a minute old; None for nothing."""
    if not item.badge:
        return None
    found = memo(f"badge:{item.badge}:{user.pk}", SECONDS, lambda: counter(item)(user))
    return found if found.count else None
