"""What happened to a report, line by line."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from modules.complaints.models.report import Complaint


class Entry(models.Model):
    """A line of a report's history: a move between states, a message or a note. Never changed."""

    class Author(models.TextChoices):
        """On whose behalf the line was written; public pages show no more than this."""

        REPORTER = "reporter", pgettext_lazy("author", "Reporter")
        COORDINATOR = "coordinator", pgettext_lazy("author", "Coordinator")
        AGENCY = "agency", pgettext_lazy("author", "Agency")
        VALIDATOR = "validator", pgettext_lazy("author", "Validator")
        PARTNER = "partner", pgettext_lazy("author", "The other authority")
        SYSTEM = "system", pgettext_lazy("author", "System")

    class Audience(models.TextChoices):
        """Who may read the line's text."""

        PUBLIC = "public", pgettext_lazy("audience", "Everybody")
        REPORTER = "reporter", pgettext_lazy("audience", "The reporter")
        INTERNAL = "internal", pgettext_lazy("audience", "Officers only")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    move = models.CharField(max_length=24, blank=True)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24, blank=True)
    author = models.CharField(max_length=12, choices=Author)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "id")
