"""Addresses of closed regions, kept back so that nobody inherits their visitors."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RetiredKind(models.TextChoices):
    """What the name was."""

    SLUG = "slug", _("Address")
    DOMAIN = "domain", _("Domain")


class RetiredName(models.Model):
    """A slug or domain that nobody may take before ``free_after`` (I-04: 90 days)."""

    kind = models.CharField(_("kind"), max_length=6, choices=RetiredKind)
    name = models.CharField(_("name"), max_length=253)
    retired_at = models.DateTimeField(_("retired at"), auto_now_add=True)
    free_after = models.DateTimeField(_("free after"))

    class Meta:
        verbose_name = _("retired name")
        verbose_name_plural = _("retired names")
        ordering = ["-retired_at"]
        indexes = [models.Index(fields=["kind", "name"], name="retired_name_lookup")]

    def __str__(self) -> str:
        return str(self.name)
