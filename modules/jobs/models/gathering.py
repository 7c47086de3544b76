"""Job fairs and training classes: both have sessions with so many places."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.ui.status import Status
from modules.jobs.states import SeatState, status


class Gathering(models.Model):
    """A job fair, or a class of a training centre (BLK).

    ``details`` holds what is only shown: a fair's firms and stands, a class's requirements and
    certificate. ``register_until`` is the last moment for a place, None until a session begins.
    """

    class Kind(models.TextChoices):
        """Which of the two."""

        FAIR = "fair", _("Job fair")
        TRAINING = "training", _("Training class")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=120)
    about = models.TextField(max_length=4000, blank=True)
    organiser = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=255)
    district = models.ForeignKey(
        "directory.Area", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    register_from = models.DateTimeField(null=True)
    register_until = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """A time with so many places; ``taken`` counts those given and never passes ``capacity``.

    ``last_number`` is the last queue number given, to people who came without one, too.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("capacity")), name="jobs_never_oversold"
            ),
        )


class Seat(models.Model):
    """A place: a fair's queue number or a registration for a class. ``uuid`` is in its QR code."""

    class Source(models.TextChoices):
        """How it was given."""

        ONLINE = "online", pgettext_lazy("seat", "On this site")
        WALK_IN = "walk_in", pgettext_lazy("seat", "At the door")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats", db_index=False)
    number = models.PositiveIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=8, choices=Source, default=Source.ONLINE)
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.HELD)
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "number"), name="jobs_seat_number_once"),
            models.UniqueConstraint(
                fields=("session", "user"),
                condition=~models.Q(state="cancelled"),
                name="jobs_seat_one_each",
            ),
        )

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state; who asks for a class has no place yet."""
        found = status(SeatState(self.state))
        asks = self.state == SeatState.HELD
        if asks and self.session.gathering.kind == Gathering.Kind.TRAINING:
            return Status("amber", "clock", pgettext_lazy("seat", "Registered"))
        return found
