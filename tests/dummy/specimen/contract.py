"""The only thing other modules may import."""

from dataclasses import dataclass

from tests.dummy.specimen import selectors


@dataclass(frozen=True, slots=True)
class NoteSummary:
    """A note without its model."""

    text: str


def newest() -> NoteSummary | None:
    """Return the newest note."""
    note = selectors.notes().first()
    return NoteSummary(text=note.text) if note else None
