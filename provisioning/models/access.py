"""Which regions somebody of a partner may open: the platform's copy of what regions granted."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AccessQuerySet(models.QuerySet["PartnerAccess"]):
    """Questions about passes."""

    def current(self, today: date | None = None) -> "QuerySet[PartnerAccess]":
        """Return those that are good today; the region still has the last word."""
        return self.filter(until__gte=today or timezone.localdate())


class PartnerAccess(models.Model):
    """A region lets somebody of an institution in; the region's own record decides.

    Found by the e-mail address of the platform account. ``key`` is the region's own record;
    ``until`` is its last day, None when it is over or was withdrawn.
    """

    key = models.UUIDField(editable=False)
    region = models.ForeignKey(
        "tenants.Region", models.CASCADE, related_name="+", verbose_name=_("region"), db_index=False
    )
    email = models.EmailField(_("e-mail address"))
    institution = models.CharField(_("institution"), max_length=160)
    role = models.CharField(_("role"), max_length=20)
    until = models.DateField(_("last day"), null=True)
    path = models.CharField(max_length=80)
    changed_at = models.DateTimeField(auto_now=True)
    used_at = models.DateTimeField(_("last used"), null=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner's access")
        verbose_name_plural = _("partners' accesses")
        indexes = (models.Index(fields=("email",), name="provisioning_access_email"),)
        constraints = (
            models.UniqueConstraint(fields=("region", "key"), name="provisioning_access_once"),
        )

    def __str__(self) -> str:
        return f"{self.region_id}: {self.institution}"
