"""An article with its revisions and pictures."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from balai.ui.status import Status
from modules.news.states import KINDS, OUT, STATUSES, VERDICTS, Kind, Push, State, Verdict


class Article(models.Model):
    """One article of any kind, as it is now.

    ``text`` is what the editor typed (``markup.py``). ``areas`` are codes of kecamatan and
    kelurahan it is for; none means everybody. ``version`` grows with every change of words.
    ``corrections`` are public: [{"at": ISO time, "note": text}]. ``document`` is an e-paper's
    file: {"file": name, "bytes": n, "name": as uploaded}. ``checked_at`` is when an editor last
    looked whether it still holds. ``lead`` keeps it on top of the front page.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.NEWS)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=30_000, blank=True)
    agency = models.ForeignKey(
        "directory.Agency", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    areas = models.JSONField(default=list, blank=True)
    lead = models.BooleanField(default=False)
    publish_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    claim = models.TextField(max_length=1000, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    document = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    returned = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    archived_from = models.CharField(max_length=10, blank=True)
    push_state = models.CharField(max_length=8, choices=Push, default=Push.NONE, blank=True)
    push_text = models.CharField(max_length=120, blank=True)
    push_asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    push_approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    pushed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sample = models.BooleanField(default=False)
    search = SearchVectorField(null=True)

    class Meta:
        ordering = ("-changed_at", "-id")
        indexes = (
            models.Index(
                fields=("-publish_at", "-id"),
                condition=models.Q(state=State.SCHEDULED),
                name="news_newest",
            ),
            GinIndex(fields=("search",), name="news_search"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the public address; its words are decoration, the uuid is the name."""
        words = slugify(self.title)[:60].strip("-")
        if not words:
            return reverse("news:article", args=[self.uuid])
        return reverse("news:article_named", args=[self.uuid, words])

    def state_at(self, now: datetime) -> State:
        """Return where the article stands at ``now``: time publishes what was scheduled."""
        if self.state != State.SCHEDULED or self.publish_at is None or self.publish_at > now:
            return State(self.state)
        return State.CORRECTED if self.corrections else State.PUBLISHED

    def is_out(self, now: datetime | None = None) -> bool:
        """Tell whether anybody may read it; one that ran out still opens by its address."""
        return self.state_at(now or timezone.now()) in OUT

    def is_over(self, now: datetime | None = None) -> bool:
        """Tell whether it has hidden itself."""
        return self.expires_at is not None and self.expires_at <= (now or timezone.now())

    @property
    def modified_at(self) -> datetime:
        """When it last changed for readers: what was approved early did so at its minute."""
        return max(self.changed_at, self.publish_at or self.changed_at)

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state now."""
        return STATUSES[self.state_at(timezone.now())]

    @property
    def look(self) -> Status:
        """Colour, icon and word of the kind."""
        return KINDS[self.kind]

    @property
    def ruling(self) -> Status | None:
        """Colour, icon and word of a hoax's verdict."""
        return VERDICTS.get(self.verdict)


class Revision(models.Model):
    """An article's words as they were saved once; ``number`` is the article's version then.

    ``content`` holds the fields of ``services.writing.FIELDS``; ``why`` is the correction's
    note or the number it was restored from, as words.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    content: Any = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="news_revision_once"),
        )


class Picture(models.Model):
    """A picture made anew, in several widths and formats; the first one is the cover.

    ``widths`` are those in px that were made; ``width`` and ``height`` are the largest one's.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="pictures")
    alt = models.CharField(max_length=250)
    caption = models.CharField(max_length=250, blank=True)
    credit = models.CharField(max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    widths = models.JSONField(default=list)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "id")

    def __str__(self) -> str:
        return self.alt
