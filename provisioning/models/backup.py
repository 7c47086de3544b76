"""Backups of single regions, and what became of restoring one."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BackupCause(models.TextChoices):
    """Why a backup was made."""

    SCHEDULE = "schedule", _("By schedule")
    HAND = "hand", _("By hand")
    RESTORE = "restore", _("Before a restore")


class Backup(models.Model):
    """One file with everything that is in a region's tables. It outlives its region's row."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("tenants.Region", models.CASCADE, related_name="backups")
    cause = models.CharField(_("cause"), max_length=8, choices=BackupCause)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    place = models.CharField(_("file"), max_length=200)
    fingerprint = models.CharField(_("release"), max_length=80)
    bytes = models.PositiveBigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveBigIntegerField(_("rows"))
    seconds = models.FloatField(_("duration"), help_text="s")
    tried_at = models.DateTimeField(_("last tried"), null=True)
    trouble = models.CharField(_("trouble"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-made_at", "-pk"]
        get_latest_by = "made_at"

    def __str__(self) -> str:
        return self.place


class RestoreState(models.TextChoices):
    """How far a restore is."""

    LOADED = "loaded", _("Loaded beside")
    SWITCHED = "switched", _("In service")
    CONFIRMED = "confirmed", _("Confirmed for good")
    UNDONE = "undone", _("Taken back")
    DROPPED = "dropped", _("Thrown away")


class Restore(models.Model):
    """A backup loaded beside a region's schema, and whether it has taken its place.

    ``beside`` is the schema of the one that is not in service: the restored one until the
    switch, the old one after it, until somebody confirms.
    """

    region = models.ForeignKey("tenants.Region", models.CASCADE, related_name="+")
    state = models.CharField(
        _("state"), max_length=9, choices=RestoreState, default=RestoreState.LOADED
    )
    source = models.CharField(_("file"), max_length=200)
    beside = models.CharField(_("schema beside"), max_length=63)
    by = models.CharField(_("by"), max_length=120)
    loaded_at = models.DateTimeField(_("loaded at"), default=timezone.now)
    switched_at = models.DateTimeField(_("switched at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    missing = models.PositiveIntegerField(_("files missing"), default=0)

    class Meta:
        verbose_name = _("restore")
        verbose_name_plural = _("restores")
        ordering = ["-loaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=models.Q(state__in=["loaded", "switched"]),
                name="restore_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.state}"
