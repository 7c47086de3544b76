"""The inboxes an officer kept under a name."""

from typing import Any
from uuid import UUID

from modules.complaints.models import SavedFilter


def of(user: Any) -> list[SavedFilter]:
    """Return the officer's saved filters by name; one query."""
    return list(SavedFilter.objects.filter(user=user, deleted_at=None))


def own(user: Any, reference: UUID) -> SavedFilter | None:
    """Return one of the officer's own, a deleted one too; those of others do not exist."""
    return SavedFilter.objects.filter(user=user, uuid=reference).first()
