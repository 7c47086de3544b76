"""The erasure of a closed region, step by step, and what its certificate says."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Erasure(models.Model):
    """What was erased, and when each step was done; the row is never deleted.

    ``due_at`` is the end of the hold. ``facts`` is what the certificate states: counts of rows
    by table, of files, the accepted export's checksum, fingerprints; nothing of a person but
    the names of those who asked and confirmed the ending.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.OneToOneField("tenants.Region", models.PROTECT, related_name="erasure")
    schema = models.CharField(_("schema"), max_length=63)
    role = models.CharField(_("database role"), max_length=63)
    closed_at = models.DateTimeField(_("closed at"), default=timezone.now)
    due_at = models.DateTimeField(_("erased from"))
    facts = models.JSONField(default=dict)
    key_erased_at = models.DateTimeField(_("key destroyed at"), null=True)
    dropped_at = models.DateTimeField(_("tables dropped at"), null=True)
    media_erased_at = models.DateTimeField(_("files deleted at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["due_at"]

    def __str__(self) -> str:
        return f"{self.schema}: {self.due_at:%Y-%m-%d}"
