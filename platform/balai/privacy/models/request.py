"""What somebody asked for about their data, by when it is due, and what was answered."""

import json
import uuid
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from balai import secrets
from balai.privacy import law
from balai.privacy.states import OPEN, State, status_of
from balai.ui.status import Status

SEALED: Final = "privacy.request"


class DataRequest(models.Model):
    """A recorded request (article 14). Its words are encrypted: they are about a person.

    One of ``user`` and ``ticket`` ("complaints:<uuid>") says whose it is; after a deletion the
    row stays as the receipt of article 45, with no words in it. ``receipt`` tells in counts what
    was done. ``runs_at`` is when a deletion is carried out. ``sent`` counts the reminders.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=law.Kind)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ticket = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=60, blank=True)
    asked = models.BinaryField(null=True)
    answered = models.BinaryField(null=True)
    ground = models.CharField(max_length=20, blank=True)
    receipt = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    runs_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    lifted_at = models.DateTimeField(null=True)
    sent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(state__in=OPEN), name="privacy_request_open"
            ),
        )
        constraints = (
            # Pressed twice, it is one request.
            models.UniqueConstraint(
                fields=("kind", "user", "ticket"),
                condition=Q(state__in=OPEN, kind__in=("deletion", "restriction")),
                nulls_distinct=False,
                name="privacy_request_one_open",
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: "PDP-8F3A1C22"."""
        return f"PDP-{self.uuid.hex[:8].upper()}"

    @property
    def open(self) -> bool:
        """Whether an answer is owed."""
        return self.state in OPEN

    def status(self, now: datetime) -> Status:
        """Return colour, icon and word: an open one is red when it is late."""
        return status_of(self.state, self.due_at, now)

    @property
    def words(self) -> dict[str, Any]:
        """What was asked, by field; empty once it has been forgotten."""
        return self._read(self.asked)

    @property
    def answer(self) -> str:
        """What the office wrote."""
        return str(self._read(self.answered).get("text", ""))

    @property
    def legal_ground(self) -> law.Ground | None:
        """Why it was refused."""
        return law.ground(self.ground)

    @staticmethod
    def seal(words: dict[str, Any]) -> bytes:
        """Return words as they are stored."""
        return secrets.seal(json.dumps(words), purpose=SEALED)

    @staticmethod
    def _read(sealed: bytes | memoryview | None) -> dict[str, Any]:
        return dict(json.loads(secrets.unseal(sealed, purpose=SEALED))) if sealed else {}
