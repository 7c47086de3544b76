"""Rules that send a report to an agency."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.complaints.models.category import Category


class RoutingRule(models.Model):
    """Category x area x words -> agency; empty means any. The first active rule that fits wins.

    Without an agency the rule leaves the report to the coordinator on purpose. ``words`` are words
    or phrases with commas between; one of them is enough.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=80)
    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("kind of problem"),
    )  # fmt: skip
    area = models.ForeignKey(
        "directory.Area", models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("area"),
    )  # fmt: skip
    words = models.CharField(_("words"), max_length=300, blank=True)
    agency = models.ForeignKey(
        "directory.Agency", models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("agency"),
    )  # fmt: skip
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name
