"""Which modules a region uses, and what it calls them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ModuleSwitch(models.Model):
    """One module in one region: ``allowed`` by the plan, ``enabled`` by the admin."""

    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="switches")
    slug = models.CharField(_("module"), max_length=40)
    allowed = models.BooleanField(_("in the plan"), default=True)
    enabled = models.BooleanField(_("switched on"), default=False)
    label = models.CharField(_("name"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    settings = models.JSONField(_("settings"), default=dict, blank=True)

    class Meta:
        verbose_name = _("module switch")
        verbose_name_plural = _("module switches")
        ordering = ["position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="switch_unique_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {'on' if self.enabled else 'off'}"
