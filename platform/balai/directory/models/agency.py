"""An office of the region, or an outside institution that works with it."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Agency(models.Model):
    """One node of the agencies' tree.

    ``code`` never changes: presets, imports and addresses find the agency by it. An agency is
    never deleted, it is closed: reports and officers of years ago still name it.
    """

    class Kind(models.TextChoices):
        """What sort of office it is."""

        OPD = "opd", _("Government agency")
        KECAMATAN = "kecamatan", _("Kecamatan office")
        KELURAHAN = "kelurahan", _("Kelurahan or desa office")
        BUMD = "bumd", _("Region-owned enterprise")
        PARTNER = "partner", _("Partner institution")

    code = models.CharField(
        _("code"), max_length=40, validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*\Z")]
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OPD)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=40)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=24, blank=True)
    area = models.ForeignKey(
        "directory.Area",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area it serves"),
    )
    active = models.BooleanField(_("in service"), default=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            # Not unique=True: Django would add a second index, for LIKE.
            models.UniqueConstraint(fields=["code"], name="agency_code_unique"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="agency_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
