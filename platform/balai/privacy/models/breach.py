"""A failure to protect personal data, and who was told of it by when."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.privacy import law
from balai.privacy.states import BreachState
from balai.ui.status import Status


class Breach(models.Model):
    """One breach (article 46): the notice is due 72 hours after it was noticed.

    ``purposes`` are the slugs of the purposes whose data were exposed; ``since`` and ``until`` are
    the period. ``approved_by`` and ``second_by`` are two people; ``people`` were written to.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=BreachState, default=BreachState.DRAFT)
    title = models.CharField(_("what it is called here"), max_length=120)
    noticed_at = models.DateTimeField(_("noticed at"))
    since = models.DateTimeField(_("began at"))
    until = models.DateTimeField(_("ended at"))
    purposes = models.JSONField(default=list)
    how = models.TextField(_("when and how data were exposed"), max_length=3000)
    measures = models.TextField(_("what was done against it and to recover"), max_length=3000)
    contact = models.CharField(_("whom people can ask"), max_length=160)
    people = models.PositiveIntegerField(default=0)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    authority_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-noticed_at", "-id")

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What the offices call it: "INS-8F3A1C22"."""
        return f"INS-{self.uuid.hex[:8].upper()}"

    @property
    def due_at(self) -> datetime:
        """By when people and the authority must be told."""
        return law.due(self.noticed_at)

    def status(self, now: datetime) -> Status:
        """Return colour, icon and word; red while somebody is still to be told and it is late."""
        label = BreachState(self.state).label
        if self.state == BreachState.SENT and self.authority_at:
            return Status("green", "check", label)
        late = now > self.due_at
        return Status("red" if late else "amber", "triangle-alert" if late else "clock", label)
