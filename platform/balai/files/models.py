"""What is known of a stored file."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a file is."""

    PHOTO = "photo", _("Photo")


class StoredFile(models.Model):
    """A photo in three sizes. Position and time come from its metadata, which is dropped."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("purpose"), max_length=40)
    owner = models.CharField(_("belongs to"), max_length=80)
    name = models.CharField(_("original name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PHOTO)
    width = models.PositiveIntegerField(_("width"), help_text="px")
    height = models.PositiveIntegerField(_("height"), help_text="px")
    bytes = models.PositiveIntegerField(_("size"), help_text="bytes of all variants")
    sha256 = models.CharField(_("SHA-256 of the upload"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("sent by"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["id"]
        indexes = [models.Index(fields=["owner"], name="files_by_owner")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def url(self) -> str:
        """Address of the large picture, 1600 px at most."""
        return self.variant_url("large")

    @property
    def medium_url(self) -> str:
        """Address of the medium picture, 480 px at most."""
        return self.variant_url("medium")

    @property
    def thumb_url(self) -> str:
        """Address of the small picture, 160 px at most."""
        return self.variant_url("thumb")

    def variant_url(self, variant: str) -> str:
        """Return the address of "large", "medium" or "thumb"; it asks the policy each time."""
        return reverse("files:media", args=[self.uuid, variant])
