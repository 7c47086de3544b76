"""Markets and the traders who are asked there."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Market(models.Model):
    """A place where prices are asked. ``slug`` stands in addresses.

    ``codes`` are its names in other systems, {"sp2kp": "...", "pihps": "..."}, for feeds and
    importers.
    """

    slug = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=255, blank=True)
    area = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("kecamatan"),
    )  # fmt: skip
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    enumerator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        db_index=False, verbose_name=_("enumerator"),
    )  # fmt: skip
    codes = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(_("prices are asked here"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("slug",), name="prices_market_slug"),)

    def __str__(self) -> str:
        return self.name


class Trader(models.Model):
    """Somebody of the panel who is asked each time. Never shown outside the desk.

    ``groups`` are the slugs of what is sold; none means everything. PIHPS asks two fixed
    traders a market: retail, with a large turnover.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    market = models.ForeignKey(Market, models.PROTECT, related_name="traders", db_index=False)
    name = models.CharField(_("name"), max_length=120)
    stall = models.CharField(_("stall"), max_length=60, blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    groups = models.JSONField(default=list, blank=True)
    active = models.BooleanField(_("asked"), default=True)
    sample = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    def sells(self, group_slug: str) -> bool:
        """Tell whether the trader is asked about a group."""
        return not self.groups or group_slug in self.groups
