"""Calls as they came in, and the forms that a call taker has not finished."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from modules.emergency.models.incident import Incident
from modules.emergency.states import CallType, Channel


class Call(models.Model):
    """One call, answered. It stays as it was, whatever becomes of the incident.

    ``caller`` is the encrypted number and ``caller_hash`` its keyed hash: histories and
    statistics use the hash alone. ``key`` is the form's own: sent twice, it is one call.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField()
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.CALL)
    kind = models.CharField(max_length=12, choices=CallType)
    caller = models.BinaryField(null=True)
    caller_hash = models.BinaryField(max_length=16, null=True)
    name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=255, blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="calls")
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField()
    classified_at = models.DateTimeField(default=timezone.now)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-answered_at", "-id")
        indexes = (
            models.Index(fields=("-answered_at",), name="emergency_call_newest"),
            models.Index(fields=("caller_hash", "-answered_at"), name="emergency_call_caller"),
        )
        constraints = (models.UniqueConstraint(fields=("key",), name="emergency_call_once"),)


class Draft(models.Model):
    """A form that somebody began and has not sent; encrypted, for it may name people.

    Without a taker it is a panic button that was held and can still be cancelled.
    """

    key = models.UUIDField(primary_key=True)
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    sealed = models.BinaryField()
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
