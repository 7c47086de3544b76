"""Who looks for work, and what an employer may read of them."""

import uuid

from django.conf import settings
from django.db import models

from modules.jobs.choices import Education


class Seeker(models.Model):
    """The profile somebody applies with. Birth, religion, marital status are on the card only.

    ``experience``, ``training`` and ``languages`` are lists of short rows from the form:
    ``{"role", "place", "since", "until"}``, ``{"name", "year"}``, ``{"name", "level"}``.
    ``cv_key`` names the stored PDF; None without one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    education = models.PositiveSmallIntegerField(choices=Education, default=Education.ANY)
    school = models.CharField(max_length=120, blank=True)
    major = models.CharField(max_length=120, blank=True)
    graduated = models.PositiveSmallIntegerField(null=True)
    grade = models.CharField(max_length=10, blank=True)
    wanted = models.CharField(max_length=200, blank=True)
    skills = models.CharField(max_length=300, blank=True)
    about = models.TextField(max_length=1000, blank=True)
    experience = models.JSONField(default=list)
    training = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    cv_key = models.UUIDField(null=True, unique=True)
    cv_name = models.CharField(max_length=100, blank=True)
    cv_bytes = models.PositiveIntegerField(default=0)
    cv_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_ready(self) -> bool:
        """Whether an employer could read who applies and how to answer."""
        return bool(self.name and (self.phone or self.email) and self.education)


class SavedSearch(models.Model):
    """A search somebody keeps, and since when its newcomers have been told."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=300)
    notify = models.BooleanField(default=True)
    told_at = models.DateTimeField()
    created_at = models.DateTimeField()
