"""Reports that live in another system as well, and those handed to another authority."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from modules.complaints.models.report import Complaint


class OutsideCase(models.Model):
    """A report's twin elsewhere: SP4N-LAPOR!, another region, the province, the police.

    ``external_id`` is the other side's number; several reports of one system never share it. Of an
    older system it is "<its name>:<its number>". ``attempts`` counts failed sendings in a row.
    """

    class System(models.TextChoices):
        """Where the twin lives."""

        SP4N = "sp4n", "SP4N-LAPOR!"
        AUTHORITY = "authority", pgettext_lazy("system", "Another authority")
        LEGACY = "legacy", pgettext_lazy("system", "An older system")

    class State(models.TextChoices):
        """How far the exchange got."""

        WAITING = "waiting", pgettext_lazy("exchange", "Waiting to be sent")
        SENT = "sent", pgettext_lazy("exchange", "Sent")
        ACKNOWLEDGED = "acknowledged", pgettext_lazy("exchange", "Acknowledged")
        FAILED = "failed", pgettext_lazy("exchange", "Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="outside")
    system = models.CharField(max_length=10, choices=System)
    external_id = models.CharField(max_length=64, null=True)  # noqa: DJ001  # only NULL may repeat
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    status = models.CharField(max_length=60, blank=True)
    error = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    receiver = models.CharField(max_length=160, blank=True)
    address = models.EmailField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    synced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("system", "external_id"), name="complaints_outside_once"
            ),
        )


class Exchange(models.Model):
    """How far the region has listened to another system, and when it may ask again.

    ``watermark`` is the other side's own mark of the last status heard, ``incoming`` that of the
    last case; ``failures`` in a row make the pauses longer.
    """

    system = models.CharField(max_length=10, primary_key=True, choices=OutsideCase.System)
    watermark = models.CharField(max_length=100, blank=True)
    incoming = models.CharField(max_length=100, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
