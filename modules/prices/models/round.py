"""One market's prices of one day: the round, and its quotes."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from balai.ui.status import Status
from modules.prices.models.market import Market, Trader
from modules.prices.models.variety import Variety
from modules.prices.states import STATUSES, Flag, Reason, Seen, State, Stock


class Round(models.Model):
    """The prices of one market on one day, on their way to the public.

    ``note`` is what the enumerator says to the validator, ``answer`` why it was sent back.
    ``source`` names where imported ones come from; "" is our own work.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    market = models.ForeignKey(Market, models.PROTECT, related_name="rounds", db_index=False)
    date = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    enumerator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    note = models.CharField(max_length=500, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=60, blank=True)
    sample = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-date", "id")
        constraints = (
            # date first: all rounds of a day, and the last round of a market
            models.UniqueConstraint(fields=("date", "market"), name="prices_round_day"),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.market_id}"

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return STATUSES[self.state]


class Quote(models.Model):
    """What one trader asked for one variety, or why there is no price. Integer rupiah, never 0.

    ``flag`` and ``why``: the price lay outside the gate, was typed twice and explained.
    ``carried_from`` is the day an imputed price was observed on.
    """

    id = models.BigAutoField(primary_key=True)
    round = models.ForeignKey(Round, models.CASCADE, related_name="quotes", db_index=False)
    variety = models.ForeignKey(Variety, models.PROTECT, related_name="+", db_index=False)
    trader = models.ForeignKey(Trader, models.SET_NULL, null=True, related_name="+", db_index=False)
    seen = models.CharField(max_length=8, choices=Seen, default=Seen.OBSERVED)
    price = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    carried_from = models.DateField(null=True)
    stock = models.CharField(max_length=6, choices=Stock, blank=True)
    flag = models.CharField(max_length=7, choices=Flag, blank=True)
    why = models.CharField(max_length=255, blank=True)
    photo = models.ForeignKey(
        "files.StoredFile", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "variety", "trader"), name="prices_quote_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                # a NULL comparison is neither true nor false, and a CHECK lets it pass
                condition=models.Q(seen=Seen.OBSERVED, price__isnull=False, price__gt=0, reason="")
                & models.Q(carried_from__isnull=True)
                | models.Q(seen=Seen.MISSING, price__isnull=True) & ~models.Q(reason="")
                | models.Q(
                    seen=Seen.IMPUTED, price__isnull=False, price__gt=0,
                    carried_from__isnull=False,
                ),
                name="prices_quote_observed",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.round_id} {self.variety_id} {self.price}"
