"""Who may read a sealed incident: asked by one person, granted by another, for a while."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from modules.emergency.models.incident import Incident


class SealAccess(models.Model):
    """A wish to read a sealed incident, and what a second person said."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=255)
    asked_at = models.DateTimeField(default=timezone.now)
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
