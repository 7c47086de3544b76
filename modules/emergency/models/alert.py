"""Alerts to the public, our own and those of others, after CAP 1.2 (OASIS)."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Alert(models.Model):
    """One CAP message. An update or a cancellation is a message of its own with a reference.

    ``infos`` holds a dictionary per language ("id-ID", "en-US") with the texts; the values that
    are the same in all languages are columns. ``polygons`` are rings of [latitude, longitude],
    ``circles`` are [latitude, longitude, kilometres], ``areas`` are codes of our own areas.
    ``document`` is the XML as it was sent; it never changes. ``author`` wrote it as it stands.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", pgettext_lazy("alert", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("alert", "Waits for a second person")
        PUBLISHED = "published", pgettext_lazy("alert", "Published")
        ENDED = "ended", pgettext_lazy("alert", "Ended")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    identifier = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    status = models.CharField(max_length=8, default="Actual")
    msg_type = models.CharField(max_length=8, default="Alert")
    sender = models.CharField(max_length=120, blank=True)
    document = models.TextField(blank=True)
    references = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="followups", db_index=False
    )
    category = models.CharField(_("category"), max_length=10)
    response = models.CharField(_("what to do"), max_length=10)
    urgency = models.CharField(_("urgency"), max_length=10)
    severity = models.CharField(_("severity"), max_length=10)
    certainty = models.CharField(_("certainty"), max_length=10)
    infos = models.JSONField(default=dict)
    area_name = models.CharField(_("area"), max_length=255)
    areas = models.JSONField(default=list)
    polygons = models.JSONField(default=list)
    circles = models.JSONField(default=list)
    onset_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(_("ends at"))
    web = models.URLField(_("more on the web"), blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("expires_at",), name="emergency_alert_expiry"),)
        constraints = (
            models.UniqueConstraint(fields=("identifier",), name="emergency_alert_identifier"),
        )


class Feed(models.Model):
    """A CAP feed of somebody else, such as BMKG's, and how reading it went.

    ``seen`` holds the addresses in its index that were read; they are not read again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80)
    url = models.URLField(_("address"), max_length=500)
    credit = models.CharField(_("credit"), max_length=120)
    active = models.BooleanField(_("in use"), default=True)
    checked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=120, blank=True)
    seen = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class FeedItem(models.Model):
    """An alert of a feed that meets the region: ``areas`` are codes of the kecamatan it meets.

    ``polygons`` are the parts of its shape that meet the region, made lighter for a page.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items")
    identifier = models.CharField(max_length=160)
    headline = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    event = models.CharField(max_length=120)
    severity = models.CharField(max_length=10)
    instruction = models.TextField(blank=True)
    web = models.URLField(max_length=500, blank=True)
    areas = models.JSONField(default=list)
    polygons = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    onset_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    cancelled = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-seen_at",)
        constraints = (
            models.UniqueConstraint(fields=("feed", "identifier"), name="emergency_item_once"),
        )
