"""Serial numbers."""

from django.db import models


class Counter(models.Model):
    """The last serial number given for a kind of document in a year."""

    kind = models.CharField(max_length=8)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "year"), name="jobs_counter_once"),)
