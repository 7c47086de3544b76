"""One case shared with one partner: how far it is, what was said, who looked at it."""

import uuid
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.ui.status import Status
from modules.partners.models.partner import Cooperation, SharingRule
from modules.partners.states import STATUSES, Outcome, State

USER: Final = settings.AUTH_USER_MODEL


class Share(models.Model):
    """A case that a partner may know of. What it says is not copied: it is read from its module
    each time, the fields named here and no others, so that withdrawing ends all of it.

    ``case`` is the case's uuid in the module ``source``. ``proposed_by`` and ``approved_by`` are
    two people for a sealed case; by rule nobody has proposed it. ``due_at`` is by when the partner
    should acknowledge.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cooperation = models.ForeignKey(
        Cooperation, models.PROTECT, related_name="shares", db_index=False
    )
    source = models.SlugField(max_length=40, db_index=False)
    case = models.UUIDField()
    number = models.CharField(max_length=40)
    fields = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State, default=State.SENT)
    sealed = models.BooleanField(default=False)
    reason = models.CharField(max_length=255, blank=True)
    rule = models.ForeignKey(
        SharingRule, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    proposed_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    approved_by = models.ForeignKey(
        USER, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    reference = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=("cooperation", "-created_at", "-id"), name="partners_share_of"),
            models.Index(fields=("-created_at", "-id"), name="partners_share_newest"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("case", "cooperation"), condition=~models.Q(state=State.WITHDRAWN),
                name="partners_share_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return STATUSES[self.state]

    @property
    def waiting(self) -> bool:
        """Whether the partner has not said yet that it knows."""
        return self.state == State.SENT

    def late(self, now: datetime) -> bool:
        """Tell whether the partner should have acknowledged by now."""
        return self.waiting and self.due_at is not None and self.due_at < now


class Message(models.Model):
    """A line of a share: a move between states (``move``) or what somebody wrote. Never changed."""

    class Side(models.TextChoices):
        """Who speaks; each side sees of the other no person, only the office."""

        REGION = "region", pgettext_lazy("side", "The city")
        PARTNER = "partner", pgettext_lazy("side", "The partner")
        SYSTEM = "system", pgettext_lazy("side", "By itself")

    share = models.ForeignKey(Share, models.CASCADE, related_name="messages")
    at = models.DateTimeField(default=timezone.now)
    side = models.CharField(max_length=7, choices=Side)
    move = models.CharField(max_length=12, blank=True)
    actor = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", db_index=False)
    text = models.TextField(max_length=3000, blank=True)

    class Meta:
        ordering = ("at", "id")


class Link(models.Model):
    """A signed address to one share for somebody without an account."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    share = models.ForeignKey(Share, models.CASCADE, related_name="links")
    email = models.EmailField(_("e-mail address"))
    made_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-id")


class Access(models.Model):
    """Somebody on the partner's side saw what a case says, or its photos."""

    class Via(models.TextChoices):
        """By which door."""

        INBOX = "inbox", pgettext_lazy("door", "Inbox")
        LINK = "link", pgettext_lazy("door", "Link")
        API = "api", pgettext_lazy("door", "Program")

    share = models.ForeignKey(Share, models.CASCADE, related_name="accesses")
    at = models.DateTimeField(default=timezone.now)
    via = models.CharField(max_length=5, choices=Via)
    what = models.CharField(max_length=8)
    actor = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", db_index=False)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ("-at", "-id")
