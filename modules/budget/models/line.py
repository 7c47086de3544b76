"""The lines of a budget."""

from django.db import models
from django.db.models import F, Q

from modules.budget.models.heading import Heading
from modules.budget.models.snapshot import Snapshot


class Line(models.Model):
    """What one agency may spend (or expects) in one activity on one account. Whole rupiah.

    ``revised`` is the budget in force: what the revision (APBD Perubahan) says, else the first
    budget. ``run`` is the import that told it last: rows of one file for the same line add up,
    those of a later file replace it.
    """

    id = models.BigAutoField(primary_key=True)
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="+", db_index=False)
    agency = models.ForeignKey(Heading, models.PROTECT, related_name="+", db_index=False)
    programme = models.ForeignKey(Heading, models.PROTECT, related_name="+", db_index=False)
    activity = models.ForeignKey(Heading, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Heading, models.PROTECT, related_name="+", db_index=False)
    budget = models.BigIntegerField()
    revised = models.BigIntegerField()
    realised = models.BigIntegerField()
    run = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("snapshot", "agency", "programme", "activity", "account"),
                name="budget_line_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("snapshot",),
                name="budget_line_over",
                condition=Q(realised__gt=F("revised")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.activity_id} {self.account_id} {self.revised}"
