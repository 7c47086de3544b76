"""What happened with an app on a day: one row for use and health together."""

from typing import Final

from django.db import models

from modules.catalogue.models.app import App

SLOTS: Final = 288
"""Five minutes each."""
BLANK: Final = "-" * SLOTS


class Day(models.Model):
    """``opened`` counts clicks out, nobody's in particular.

    ``track`` has a letter for each five minutes of the region's day: u answered, s slow,
    d did not answer, - nobody looked. A year of 167 apps is 61,000 rows instead of 17 million.
    ``took_ms`` is the sum over ``looks``.
    """

    app = models.ForeignKey(App, models.CASCADE, related_name="days", db_index=False)
    date = models.DateField()
    opened = models.PositiveIntegerField(default=0)
    looks = models.PositiveSmallIntegerField(default=0)
    failed = models.PositiveSmallIntegerField(default=0)
    took_ms = models.PositiveBigIntegerField(default=0)
    track = models.CharField(max_length=SLOTS, default=BLANK)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("app", "date"), name="catalogue_day_once"),)
        indexes = (models.Index(fields=("date",), name="catalogue_day_date"),)

    def __str__(self) -> str:
        return f"{self.app_id} {self.date}"
