"""Incidents and their append-only time stamps."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from balai.ui.status import Status
from modules.emergency.models.category import Category, Outcome
from modules.emergency.states import ENDED, STATUSES, Source, State


class Counter(models.Model):
    """The last serial number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Incident(models.Model):
    """Something that happened and needs help: one row however many called.

    Its calls keep what was said; this row keeps what the centre knows now. ``version`` grows
    with every change: a form that was filled in over an older one says so.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=24)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=14, choices=State, default=State.QUEUED)
    sealed = models.BooleanField(default=False)
    text = models.TextField(max_length=3000, blank=True)
    address = models.CharField(max_length=255, blank=True)
    landmark = models.CharField(max_length=160, blank=True)
    area = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=6, choices=Source, blank=True)
    casualties = models.PositiveSmallIntegerField(default=0)
    hazards = models.CharField(max_length=255, blank=True)
    answers = models.JSONField(default=dict)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, related_name="+", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="merged", db_index=False
    )
    version = models.PositiveIntegerField(default=1)
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("-created_at", "-id"), name="emergency_incident_newest"),
            models.Index(
                fields=("state",),
                condition=~models.Q(state__in=ENDED),
                name="emergency_incident_open",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("number",), name="emergency_incident_number"),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return STATUSES[self.state]

    @property
    def open(self) -> bool:
        """Whether somebody must still do something."""
        return self.state not in ENDED


class Stamp(models.Model):
    """A moment in an incident's life. Never changed: a correction is a further row.

    ``what`` is "taken", "queued", a step or a move's name, or "note". ``corrects`` names the row
    whose time was wrong; the later row is the true one.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="stamps")
    unit = models.ForeignKey(
        "emergency.Unit", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    noted_at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False
    )
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new moment; raises TypeError for one that is there already."""
        if not self._state.adding:
            raise TypeError("a moment is never changed: what corrects it is a further row")
        super().save(*args, **kwargs)
