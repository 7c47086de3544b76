"""Units, who is on them, and their legs with incidents."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from balai.ui.status import Status
from modules.emergency.models.incident import Incident
from modules.emergency.states import ACTIVE_LEGS, UNIT_STATUSES, Leg as LegState, UnitState


class Unit(models.Model):
    """An ambulance, a fire engine, a patrol. Its position is the crew's phone's last.

    ``reason`` says why it is out of service. One that nobody is on (:class:`Shift`) stands there
    on the board as well; it is suggested last, to be asked by radio.
    """

    class Kind(models.TextChoices):
        """What it can do."""

        AMBULANCE = "ambulance", pgettext_lazy("unit kind", "Ambulance")
        FIRE = "fire", pgettext_lazy("unit kind", "Fire engine")
        RESCUE = "rescue", pgettext_lazy("unit kind", "Rescue")
        POLICE = "police", pgettext_lazy("unit kind", "Police")
        DISASTER = "disaster", pgettext_lazy("unit kind", "Disaster relief")
        POWER = "power", pgettext_lazy("unit kind", "Power company")
        SOCIAL = "social", pgettext_lazy("unit kind", "Social services")
        PUBLIC_ORDER = "public_order", pgettext_lazy("unit kind", "Public order")

    callsign = models.CharField(_("call sign"), max_length=40)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    agency = models.ForeignKey(
        "directory.Agency", models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("agency"),
    )  # fmt: skip
    state = models.CharField(max_length=14, choices=UnitState, default=UnitState.AVAILABLE)
    reason = models.CharField(_("why it is out of service"), max_length=160, blank=True)
    base_latitude = models.FloatField(_("latitude of its post"), null=True, blank=True)
    base_longitude = models.FloatField(_("longitude of its post"), null=True, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    position_at = models.DateTimeField(null=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("kind", "callsign")
        constraints = (
            models.UniqueConstraint(fields=("callsign",), name="emergency_unit_callsign"),
        )

    def __str__(self) -> str:
        return self.callsign

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state."""
        return UNIT_STATUSES[self.state]


class Shift(models.Model):
    """Somebody is on a unit; ``ended_at`` is empty while they are."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(ended_at=None),
                name="emergency_one_shift_each",
            ),
        )


class Leg(models.Model):
    """One unit with one incident, from being sent until it is clear."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="legs")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="legs")
    state = models.CharField(max_length=14, choices=LegState, default=LegState.DISPATCHED)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sent_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("unit",),
                condition=models.Q(state__in=ACTIVE_LEGS),
                name="emergency_unit_one_leg",
            ),
        )
