"""The key that only one region's sealed values and backups open with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKey(models.Model):
    """A region's own random key, wrapped by the server's secret (``balai.secrets``).

    Deleting the row is the crypto-erasure: what was sealed in the region, and every backup of it,
    can no longer be read by anybody.
    """

    region = models.OneToOneField("tenants.Region", on_delete=models.CASCADE, related_name="key")
    wrapped = models.BinaryField(editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("key of a region")
        verbose_name_plural = _("keys of regions")

    def __str__(self) -> str:
        return f"{self.region_id}"
