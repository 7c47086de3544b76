"""A year's budget as it stood on one day."""

import uuid
from datetime import date

from django.db import models
from django.utils import timezone

from modules.budget.states import State


class Snapshot(models.Model):
    """All lines of one year "as of" a day; the newest published one is what the public sees.

    ``run`` is the import that brought lines last, ``left_out`` how many of its rows were mistakes.
    ``revised`` tells whether any line has another amount than the first budget (APBD Perubahan).
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.LOADING)
    source = models.CharField(max_length=120, blank=True)
    run = models.BigIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    revised = models.BooleanField(default=False)
    sample = models.BooleanField(default=False)
    counted_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-year", "-as_of")
        constraints = (
            models.UniqueConstraint(fields=("year", "as_of"), name="budget_snapshot_once"),
        )

    def __str__(self) -> str:
        return f"{self.year}, {self.as_of}"

    @property
    def elapsed(self) -> float:
        """How much of the year was over on that day, 0 to 1; the fiscal year is the calendar's.

        Source: UU 17/2003 article 4.
        """
        first, next_first = date(self.year, 1, 1), date(self.year + 1, 1, 1)
        gone = (self.as_of - first).days + 1
        return min(max(gone / (next_first - first).days, 0.0), 1.0)
