"""Photographs of reports, what speaks against one of them, and the audit of closures."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from modules.complaints.models.report import Complaint


class Photo(models.Model):
    """A photograph of the problem or of its repair; public only after somebody looked at it.

    One sent with a message (``entry``) is for reporter and officers and never public.

    ``original`` is the picture before faces and plates were covered, never public.
    ``captured_at`` and the position are those of the app's own camera page, under a nonce of the
    server; a file chosen from a gallery has none. ``accuracy`` is the position's, in metres.
    ``phash`` is a signed 64-bit perceptual hash; None for a picture that shows too little.
    """

    class Stage(models.TextChoices):
        """Which side of the repair it shows."""

        BEFORE = "before", pgettext_lazy("photo", "Before")
        AFTER = "after", pgettext_lazy("photo", "After")
        TALK = "talk", pgettext_lazy("photo", "Sent with a message")

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="photos")
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.BEFORE)
    taken_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    entry = models.ForeignKey(
        "complaints.Entry", models.SET_NULL, null=True, related_name="photos", db_index=False
    )
    original = models.OneToOneField("files.StoredFile", models.PROTECT, null=True, related_name="+")
    phash = models.BigIntegerField(null=True)
    captured_at = models.DateTimeField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy = models.FloatField(null=True)

    class Meta:
        ordering = ("id",)


class Capture(models.Model):
    """A permission to take one evidence photo, made by the server, good once and for minutes.

    One that was ``prefetched`` for work without a network is good for a day.
    """

    nonce = models.UUIDField(primary_key=True)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+", db_index=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    issued_at = models.DateTimeField()
    prefetched = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)


class Flag(models.Model):
    """A reason to look twice at a photo of evidence. A flag never decides anything."""

    class Kind(models.TextChoices):
        """What was noticed."""

        REUSED = "reused", _("Looks like a photo of another report")
        SAME_AS_BEFORE = "same_as_before", _("Looks like the photo of the problem")
        NOT_TAKEN_HERE = "not_taken_here", _("Not taken with the app's own camera page")
        FAR_AWAY = "far_away", _("Taken far from the place of the report")
        NO_POSITION = "no_position", _("Without a position")
        WRONG_TIME = "wrong_time", _("Taken before the work began")
        EDITED = "edited", _("Passed through an editor or a picture generator")

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=16, choices=Kind)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)


class Audit(models.Model):
    """A closure that was drawn for a second look, and what came of it."""

    class Verdict(models.TextChoices):
        """What the auditor found."""

        SOUND = "sound", pgettext_lazy("audit", "Sound")
        DOUBTFUL = "doubtful", pgettext_lazy("audit", "Doubtful")
        FALSE = "false", pgettext_lazy("audit", "Not done")

    complaint = models.OneToOneField(
        Complaint, models.CASCADE, primary_key=True, related_name="audit"
    )
    drawn_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    note = models.TextField(blank=True)
    auditor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
