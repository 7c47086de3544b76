"""The region's own figures, a row a month."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MonthFigure(models.Model):
    """One figure of one month; ``basis`` is how many people or cases stand behind it."""

    key = models.CharField(_("figure"), max_length=80)
    month = models.DateField(_("month"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    basis = models.PositiveIntegerField(_("basis"), default=0)

    class Meta:
        verbose_name = _("figure of a month")
        verbose_name_plural = _("figures of the months")
        ordering = ["-month", "key"]
        constraints = [
            models.UniqueConstraint(fields=["month", "key"], name="aggregates_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.month:%Y-%m}"
