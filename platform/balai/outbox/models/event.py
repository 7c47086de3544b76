"""What happened, and who has been told."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from balai.modules.events import EventData


class Event(models.Model):
    """A domain event, written by the transaction it tells of.

    It waits while ``done_at`` is empty. ``next_attempt_at`` says when the relay may send it
    (again); empty as well, the event is a dead letter that a person must look at. ``sent_at``
    is set while the broker has it. All times are the database's: machines may disagree.
    """

    topic = models.CharField(_("topic"), max_length=80)
    key = models.CharField(_("key"), max_length=80, blank=True)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    sent_at = models.DateTimeField(_("sent at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, db_default=Now())
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [
            # Only what still waits is in it, so that it stays small however long the log is.
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(done_at=None),
                name="outbox_event_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.pk}"

    def data(self) -> EventData:
        """Return the event as receivers see it."""
        return EventData(self.pk, self.topic, self.key, self.payload, self.created_at)


class Delivery(models.Model):
    """One receiver has done its part; written in the same transaction as its effects."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", db_index=False)
    receiver = models.CharField(_("receiver"), max_length=160)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["event", "receiver"], name="outbox_delivery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.receiver}"
