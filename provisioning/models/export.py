"""An export of everything a region has: asked for by one person, allowed by another."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportState(models.TextChoices):
    """How far an export is."""

    ASKED = "asked", _("Waits for a second person")
    WAITING = "waiting", _("Waits for a worker")
    RUNNING = "running", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Stopped")
    REFUSED = "refused", _("Refused")
    EXPIRED = "expired", _("Deleted")


class Export(models.Model):
    """One export. ``phrase`` is its passphrase, sealed, until an admin was shown it, once.

    ``worker`` is who makes it now and ``beat_at`` when that one was last heard of; ``done`` and
    ``total`` count what goes into the archive (tables and files); ``accepted_at`` is when an
    admin said that the archive was downloaded and checked.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("tenants.Region", models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=ExportState, default=ExportState.ASKED
    )
    asked_by = models.CharField(_("asked by"), max_length=120)
    asked_uuid = models.UUIDField(null=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    phrase = models.BinaryField(editable=False)
    revealed_by = models.CharField(_("passphrase shown to"), max_length=120, blank=True)
    salt = models.BinaryField(editable=False)
    worker = models.UUIDField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(_("error"), max_length=400, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)
    bytes = models.PositiveBigIntegerField(_("size"), default=0, help_text="bytes")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    files = models.PositiveIntegerField(_("files"), default=0)
    downloads = models.PositiveIntegerField(_("downloads"), default=0)
    downloaded_at = models.DateTimeField(_("last downloaded at"), null=True)
    accepted_by = models.CharField(_("accepted by"), max_length=120, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0
