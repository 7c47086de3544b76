"""The delivery log: one row a message and channel."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """How far a message got."""

    QUEUED = "queued", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Not sent")


class Message(models.Model):
    """A message to one address. What the template shows is forgotten once it was sent."""

    channel = models.CharField(_("channel"), max_length=12)
    recipient = models.CharField(_("recipient"), max_length=254)
    template = models.CharField(_("template"), max_length=80)
    language = models.CharField(_("language"), max_length=5)
    context = models.JSONField(_("context"), default=dict)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=200, blank=True)
    dedupe_key = models.CharField(_("key"), max_length=120, null=True)  # noqa: DJ001  # only NULL may repeat
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        constraints = [
            # A constraint, not unique=True: that would add a second index for LIKE.
            models.UniqueConstraint(fields=["dedupe_key"], name="notify_message_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.pk}"
