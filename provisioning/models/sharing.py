"""Figures that regions let their province see: the consent, and the copies under it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureConsent(models.Model):
    """A region's admin shares one figure; without the row nothing of it leaves the region."""

    region = models.ForeignKey(
        "tenants.Region", on_delete=models.CASCADE, related_name="figure_consents"
    )
    key = models.CharField(_("figure"), max_length=80)
    by = models.CharField(_("by"), max_length=120)
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        verbose_name = _("shared figure")
        verbose_name_plural = _("shared figures")
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="figure_consent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.key}"


class SharedFigure(models.Model):
    """The platform's copy of a region's newest figure; deleted when the consent is taken back.

    ``value`` is empty when too few people stand behind it (``suppressed``): the platform never
    holds such a number.
    """

    region = models.ForeignKey(
        "tenants.Region", on_delete=models.CASCADE, related_name="shared_figures"
    )
    key = models.CharField(_("figure"), max_length=80)
    month = models.DateField(_("month"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2, null=True)
    suppressed = models.BooleanField(_("held back"), default=False)

    class Meta:
        verbose_name = _("copy of a figure")
        verbose_name_plural = _("copies of figures")
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="shared_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.key} {self.month:%Y-%m}"
