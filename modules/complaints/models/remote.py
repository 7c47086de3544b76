"""Photographs that another program only named by their address."""

from django.db import models

from modules.complaints.models.report import Complaint


class RemotePhoto(models.Model):
    """A photo still to be fetched; the row goes when it was, or when it cannot be."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="remote_photos")
    url = models.URLField(max_length=500)
    attempts = models.PositiveSmallIntegerField(default=0)
