"""A part of the region: a kecamatan, or a kelurahan or desa inside one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

VILLAGE_LABELS = {"1": _("Kelurahan"), "2": _("Desa"), "3": _("Desa adat")}


class Area(models.Model):
    """One area with its place, where known.

    ``boundary`` is a GeoJSON Polygon or MultiPolygon in WGS84; ``boundary_changed_at`` also
    moves when a boundary is taken away, so that its maximum tells whether any has changed.
    """

    class Kind(models.TextChoices):
        """The level of the area."""

        DISTRICT = "district", _("Kecamatan")
        VILLAGE = "village", _("Kelurahan or desa")

    code = models.CharField(_("code"), max_length=16)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("kecamatan"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    boundary = models.JSONField(_("boundary"), null=True, blank=True)
    boundary_changed_at = models.DateTimeField(_("boundary changed at"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code"], name="area_code_unique")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name with its kind: "Kelurahan Cikokol"."""
        return f"{self.kind_label} {self.name}"

    @property
    def kind_label(self) -> str:
        """Kecamatan, Kelurahan, Desa or Desa adat; digit 10 of a village's code tells which."""
        if self.kind == self.Kind.DISTRICT:
            return str(self.Kind.DISTRICT.label)
        return str(VILLAGE_LABELS.get(self.code[9:10], self.Kind.VILLAGE.label))
