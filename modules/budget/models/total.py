"""Totals of lines, counted once when they have come in: what every page reads."""

from django.db import models

from modules.budget.models.heading import Heading
from modules.budget.models.snapshot import Snapshot
from modules.budget.states import Kind, Side


class Total(models.Model):
    """A compact row: one agency's sum of one heading on one side of the budget. Whole rupiah.

    200,000 lines are some 20,000 of these. By ``kind``: an agency has no ``heading``; a programme
    has one; an activity's ``parent`` is its programme; an account's is the account above it, and
    ``level`` says how deep it is (1 to 4: n, n.n, n.n.nn, n.n.nn.nn). ``lines`` counts the lines,
    ``over`` those on which more was realised than the budget allows.
    """

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=9, choices=Kind)
    side = models.PositiveSmallIntegerField(choices=Side)
    level = models.PositiveSmallIntegerField(default=0)
    agency = models.ForeignKey(Heading, models.PROTECT, related_name="+", db_index=False)
    heading = models.ForeignKey(
        Heading, models.PROTECT, null=True, related_name="+", db_index=False
    )
    parent = models.ForeignKey(Heading, models.PROTECT, null=True, related_name="+", db_index=False)
    budget = models.BigIntegerField()
    revised = models.BigIntegerField()
    realised = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    over = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("snapshot", "kind", "heading"), name="budget_total_heading"),
            models.Index(fields=("snapshot", "agency"), name="budget_total_agency"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.heading_id or self.agency_id} {self.revised}"
