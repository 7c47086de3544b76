"""A service clock: how long somebody still has, and what was told of it."""

from django.db import models


class Clock(models.Model):
    """One running, resting or stopped clock of a thing; ``kind`` is "<module>.<clock>".

    It gives ``days`` from ``counted_from`` on: since its start, or since it last went on, when
    ``used`` of the time (0 to 1) had gone. They are working days of the calendar's ``version``,
    or with ``plain_days`` days as on any wall calendar. ``next_at`` is when the next thing must
    be told: half of the time gone, all of it gone, one rung of the ladder after another.
    ``stage`` counts what was told: 0 nothing, 1 half, 2 due, 3 and above the rungs. ``climb``
    holds the days after the deadline of each rung.
    """

    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    started_at = models.DateTimeField()
    counted_from = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    plain_days = models.BooleanField(default=False)
    used = models.FloatField(default=0)
    version = models.UUIDField(null=True)
    half_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    days_left = models.PositiveSmallIntegerField(null=True)
    stopped_at = models.DateTimeField(null=True)
    climb = models.JSONField(default=list)
    stage = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], name="workcal_clock_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(next_at__isnull=False),
                name="workcal_clock_next",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def level(self) -> int:
        """How many rungs of the ladder were told."""
        return max(self.stage - 2, 0)
