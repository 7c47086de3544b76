"""What a region's schema is made of, once as text, and the ways from one text to the next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """The region apps' tables at one set of migrations: SQL text with the schema left open.

    ``source`` is a hash of the migration files; ``fingerprint`` is what every region made from
    it looks like to the catalog; ``migrations`` are ``[app, name]`` pairs in order.
    """

    source = models.CharField(_("source"), max_length=64, unique=True, editable=False)
    fingerprint = models.CharField(_("fingerprint"), max_length=80, editable=False)
    sql = models.TextField(_("SQL"), editable=False)
    migrations = models.JSONField(_("migrations"), default=list, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]} ({len(self.migrations)})"


class UpgradePlan(models.Model):
    """The steps that bring a region from one fingerprint to another, worked out once.

    ``steps`` are dicts: ``before`` and ``after`` (fingerprints), ``kind`` (sql, python, alone),
    ``migrations`` ([app, name] pairs) and, for sql, ``sql``.
    """

    origin = models.CharField(_("from fingerprint"), max_length=80, editable=False)
    target = models.CharField(_("to fingerprint"), max_length=80, editable=False)
    steps = models.JSONField(_("steps"), default=list, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("upgrade plan")
        verbose_name_plural = _("upgrade plans")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "target"], name="upgrade_plan_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.origin[:8]} → {self.target[:8]}"
