"""What was published: never changed, only followed by a further revision."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from modules.prices.models.market import Market
from modules.prices.models.variety import Variety


class Publication(models.Model):
    """One day's prices as the public saw them. The highest revision of a date is the true one."""

    date = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=255, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-date", "-revision")
        constraints = (
            models.UniqueConstraint(fields=("date", "revision"), name="prices_publication_once"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | models.Q(revision__gt=1) & ~models.Q(reason=""),
                name="prices_publication_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.date} r{self.revision}"


class DayPrice(models.Model):
    """One variety on one published day: the city's figures and, inside, each market's.

    A compact row: 40 a day whatever the number of quotes. ``markets`` is
    {"<market pk>": [rupiah, age]}; age 0 was observed that day, n was carried forward from n
    published days before ("H-n"). ``mean`` is over all of these, rounded half up; ``observed``
    counts those of age 0. ``date`` and ``revision`` repeat the publication's, so that a course of
    ten years is one index scan.
    """

    id = models.BigAutoField(primary_key=True)
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="prices")
    variety = models.ForeignKey(Variety, models.PROTECT, related_name="+", db_index=False)
    date = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    mean = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    high = models.PositiveIntegerField()
    observed = models.PositiveSmallIntegerField()
    markets = models.JSONField(default=dict)

    class Meta:
        ordering = ("date", "revision")
        constraints = (
            models.UniqueConstraint(
                fields=("variety", "date", "revision"), name="prices_dayprice_once"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    low__gt=0, mean__gte=models.F("low"), high__gte=models.F("mean")
                ),
                name="prices_dayprice_sane",
            ),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.variety_id} {self.mean}"

    def at(self, market_id: int) -> tuple[int, int] | None:
        """Return (rupiah, age in published days) of a market, or None."""
        found = self.markets.get(str(market_id))
        return (found[0], found[1]) if found else None


class Watch(models.Model):
    """A price that people want to be told of: when a variety costs ``below`` rupiah or less.

    Who they are is the kernel's business (``balai.notify.subscriptions``); the subject is
    "prices.watch:<uuid>". ``fired_on`` is the day it was last told; while the price stays below
    nobody is told again: ``armed`` comes back when it rises above.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    variety = models.ForeignKey(Variety, models.CASCADE, related_name="+", db_index=False)
    market = models.ForeignKey(Market, models.CASCADE, null=True, related_name="+", db_index=False)
    below = models.PositiveIntegerField()
    armed = models.BooleanField(default=True)
    fired_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("variety", "market", "below"), name="prices_watch_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=models.Q(below__gt=0), name="prices_watch_sane"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.variety_id} < {self.below}"
