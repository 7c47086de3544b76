"""Records that must not be removed while a procedure runs."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class LegalHold(models.Model):
    """A record of ``part`` ("complaints", "emergency") that stays until the hold is lifted.

    ``reference`` is the record's number. Sources: UU PDP 27/2022, articles 15 (1) b and 44 (1) c.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.CharField(max_length=40)
    reference = models.CharField(max_length=40)
    reason = models.CharField(max_length=255)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("part", "reference"),
                condition=models.Q(lifted_at=None),
                name="privacy_hold_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.reference}"
