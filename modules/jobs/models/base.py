"""What the rows of every workflow have in common."""

import uuid
from typing import Any

from django.db import models


class Storied(models.Model):
    """A row that moves through states and tells how it came there.

    ``history`` holds what happened, the oldest first, as ``{"move", "state", "at", "by",
    "text"}``: nobody searches it, and it is always read with its row. ``due_at`` is by when the
    side whose turn it is must act, None when nobody is waited for.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    history = models.JSONField(default=list)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def last_words(self) -> str:
        """What was written with the latest move, or ""."""
        return str(self.history[-1].get("text", "")) if self.history else ""

    def told(self, move: str) -> dict[str, Any] | None:
        """Return the latest line of a move, or None."""
        return next((line for line in reversed(self.history) if line["move"] == move), None)
