"""An uploaded file of boundaries: looked at first, then applied, and undone if it was wrong."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class BoundaryImport(models.Model):
    """One upload. Geometries are keyed by area code; ``previous`` is what applying replaced."""

    class State(models.TextChoices):
        """How far the upload has come."""

        DRAFT = "draft", _("Not applied yet")
        APPLIED = "applied", _("In use")
        UNDONE = "undone", _("Taken back")

    uuid = models.UUIDField(_("reference"), default=uuid.uuid4, editable=False)
    file_name = models.CharField(_("file"), max_length=120)
    level = models.CharField(_("level"), max_length=8)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    features = models.JSONField(_("boundaries"), default=dict)
    problems = models.JSONField(_("problems"), default=list)
    previous = models.JSONField(_("boundaries before"), default=dict)

    class Meta:
        verbose_name = _("boundary upload")
        verbose_name_plural = _("boundary uploads")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name
