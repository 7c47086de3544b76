"""Hand-overs to other centres and services, and those that came from other centres."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from balai.ui.status import Status
from modules.emergency.models.incident import Incident
from modules.emergency.states import State as IncidentState


class Transfer(models.Model):
    """A hand-over to another centre or service, or one that came from another centre.

    Both regions keep a row of their own with the same ``key``; neither reads the other's.
    ``receipt`` is the other's number, ``progress`` the other's state as far as it was heard, and
    ``heard`` the version of what was heard last: news that arrive late change nothing.
    """

    class Receiver(models.TextChoices):
        """Who took it on."""

        REGION = "region", pgettext_lazy("receiver", "Another region")
        POLICE = "110", pgettext_lazy("receiver", "Police (110)")
        AMBULANCE = "119", pgettext_lazy("receiver", "Ambulance (119)")
        POWER = "pln", pgettext_lazy("receiver", "PLN (123)")
        OTHER = "other", pgettext_lazy("receiver", "Somebody else")

    class State(models.TextChoices):
        """How far the hand-over is."""

        WAITING = "waiting", pgettext_lazy("transfer", "Waits for the receipt")
        DELIVERED = "delivered", pgettext_lazy("transfer", "Arrived, not accepted yet")
        ACCEPTED = "accepted", pgettext_lazy("transfer", "Accepted")
        RETURNED = "returned", pgettext_lazy("transfer", "Given back")
        WITHDRAWN = "withdrawn", pgettext_lazy("transfer", "Taken back")
        ENDED = "ended", pgettext_lazy("transfer", "Ended there")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="transfers")
    incoming = models.BooleanField(default=False)
    key = models.UUIDField(default=uuid.uuid4)
    receiver = models.CharField(max_length=6, choices=Receiver)
    name = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=63, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    receipt = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=255, blank=True)
    progress = models.CharField(max_length=14, choices=IncidentState, blank=True)
    heard = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(fields=("key", "incoming"), name="emergency_transfer_once"),
        )

    @property
    def status(self) -> Status:
        """Colour, icon and word of the hand-over."""
        return Status(*_TRANSFER_LOOKS[self.state], self.State(self.state).label)

    @property
    def who(self) -> str:
        """The name of the other side."""
        return self.name or str(self.Receiver(self.receiver).label)


_TRANSFER_LOOKS: dict[str, tuple[str, str]] = {
    Transfer.State.WAITING: ("red", "hourglass"),
    Transfer.State.DELIVERED: ("amber", "mail-check"),
    Transfer.State.ACCEPTED: ("green", "handshake"),
    Transfer.State.RETURNED: ("red", "undo-2"),
    Transfer.State.WITHDRAWN: ("grey", "undo-2"),
    Transfer.State.ENDED: ("green", "lock"),
}
