"""The region's other sites, read by RSS or Atom, and what stood in them."""

import uuid

from django.db import models
from django.utils import timezone


class Feed(models.Model):
    """A feed and how reading it went.

    ``next_at`` is when it is read again: later after each failure. ``newest_at`` is the date of
    its newest item; ``etag`` and ``modified`` are what the server said for a conditional GET.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now)
    newest_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=60, blank=True)
    log = models.JSONField(default=list)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FeedItem(models.Model):
    """One entry of a feed: words without markup and a link; ``key`` is the SHA-256 of its id."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="items", db_index=False)
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    url = models.URLField(max_length=1000)
    published_at = models.DateTimeField()
    hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (models.UniqueConstraint(fields=("feed", "key"), name="news_item_once"),)

    def __str__(self) -> str:
        return self.title
