"""From sandbox to official service: what was proved, by whom, and the request itself."""

from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attestation(models.Model):
    """Something only a person can check (the 112 number, say), with who said so and when."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(_("check"), max_length=40)
    by = models.CharField(_("by"), max_length=120)
    note = models.CharField(_("note"), max_length=240, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["region", "key"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="attestation_unique"),
        ]

    def __str__(self) -> str:
        return str(self.key)


def legal_storage() -> FileSystemStorage:
    """Return where the letters lie: outside every region's media, never served by URL."""
    return FileSystemStorage(location=settings.MEDIA_ROOT / "legal")


def legal_path(instance: Any, filename: str) -> str:
    """Return an unguessable name; what the uploader called the file is not kept."""
    import secrets

    return f"{instance.region_id}/{secrets.token_urlsafe(16)}.pdf"


class LegalBasis(models.Model):
    """The agreement (PKS) or decree (SK) on which a region runs its site."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        _("kind"), max_length=3, choices=[("pks", _("Agreement (PKS)")), ("sk", _("Decree (SK)"))]
    )
    number = models.CharField(_("number"), max_length=120)
    dated = models.DateField(_("date"))
    document = models.FileField(_("PDF"), storage=legal_storage, upload_to=legal_path)
    by = models.CharField(_("by"), max_length=120)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal bases")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class GoLiveRequest(models.Model):
    """An admin asks to become the official service; an operator decides."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="+")
    by = models.CharField(_("asked by"), max_length=120)
    missing = models.JSONField(_("not yet done"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    approved = models.BooleanField(_("approved"), null=True)
    answer = models.TextField(_("our answer"), blank=True)

    class Meta:
        verbose_name = _("request to go live")
        verbose_name_plural = _("requests to go live")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["region"],
                condition=models.Q(decided_at__isnull=True),
                name="golive_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}"
