"""A region: one local government, one schema, one database role."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tenants.models import TenantMixin

from balai.context import MAIN_CELL
from tenants import cells, naming, roles
from tenants.states import State


class Kind(models.TextChoices):
    """Kota (city) or kabupaten (regency), as in the Kemendagri list of 514."""

    KOTA = "kota", _("City")
    KABUPATEN = "kabupaten", _("Regency")


class Region(TenantMixin):
    """A tenant. Code in a region works with the frozen ``balai.context.Region`` instead."""

    auto_create_schema = False
    auto_drop_schema = False

    slug = models.CharField(_("address"), max_length=41, validators=[naming.validate_slug])
    code = models.CharField(_("Kemendagri code"), max_length=5, help_text="36.71")
    name = models.CharField(_("name"), max_length=120, help_text="Kota Tangerang")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    province = models.CharField(_("province"), max_length=80)
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Jakarta")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    role = models.CharField(_("database role"), max_length=63, unique=True, editable=False)
    brand = models.JSONField(_("brand"), default=dict, blank=True)
    words = models.JSONField(_("words"), default=dict, blank=True)
    sandbox_until = models.DateTimeField(_("sandbox until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    banners_until = models.DateTimeField(null=True, blank=True, editable=False)
    banners_version = models.UUIDField(null=True, blank=True, editable=False)
    cell = models.ForeignKey(
        "tenants.Cell",
        verbose_name=_("cell"),
        on_delete=models.PROTECT,
        to_field="name",
        db_column="cell",
        db_index=False,
        default=MAIN_CELL,
        db_default=MAIN_CELL,
        related_name="regions",
        editable=False,
    )
    moving_since = models.DateTimeField(_("moving since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(state="closed"),
                name="region_code_unique_among_live",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=~models.Q(state="closed"),
                name="region_slug_unique_among_live",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; a new one gets its schema's and its role's names."""
        schema: str = self.schema_name  # type: ignore[has-type]  # django-tenants has no types
        if not schema:
            self.schema_name = naming.schema_name(self.slug)
        if not self.role:
            self.role = roles.role_name(cells.database(self.cell_id), self.schema_name)
        super().save(*args, **kwargs)
