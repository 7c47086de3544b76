"""What makes an officer's day shorter: saved filters, prepared answers, bulk actions, consents."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.complaints.models.report import Complaint


class SavedFilter(models.Model):
    """An inbox an officer comes back to; ``query`` is the address's query string.

    A deleted one is kept for a day, so that the deletion can be taken back.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=500)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("name", "uuid")


class CannedReply(models.Model):
    """A prepared answer, offered where a report is in ``state`` ("" for all).

    Without an agency it is the whole region's. ``text`` may hold {number}, {agency} and {due}.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    state = models.CharField(_("state"), max_length=24, blank=True)
    label = models.CharField(_("name"), max_length=60)
    text = models.TextField(_("text"), max_length=3000)
    agency = models.ForeignKey(
        "directory.Agency", models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("agency"),
    )  # fmt: skip

    class Meta:
        ordering = ("label", "uuid")


class BulkAction(models.Model):
    """One action on many reports. It waits until ``due_at``, so that it can be taken back.

    ``targets`` are the reports' uuids as text; ``outcome`` tells by uuid why one was refused, and
    "" where it was done.
    """

    class State(models.TextChoices):
        """How far it got."""

        WAITING = "waiting", pgettext_lazy("bulk", "Waiting")
        RUNNING = "running", pgettext_lazy("bulk", "At work")
        DONE = "done", pgettext_lazy("bulk", "Done")
        UNDONE = "undone", pgettext_lazy("bulk", "Taken back")

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    action = models.CharField(max_length=24)
    values = models.JSONField(default=dict)
    targets = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)


class HoldRequest(models.Model):
    """An officer's wish to put a case on hold, and what the supervisor said."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="hold_requests")
    reason = models.TextField(max_length=1000)
    until = models.DateField(_("until"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
