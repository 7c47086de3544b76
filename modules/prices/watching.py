"""The name under which a price is watched; see ``balai.notify.subscriptions``."""

from collections.abc import Iterable
from uuid import UUID

PREFIX = "prices.watch:"


def subject(watch: UUID) -> str:
    """Return the subject of a watch."""
    return f"{PREFIX}{watch}"


def uuids(subjects: Iterable[str]) -> list[UUID]:
    """Return the watches that subjects name; those of other modules are left out."""
    return [UUID(name.removeprefix(PREFIX)) for name in subjects if name.startswith(PREFIX)]
