"""Screens without anybody signed in, instructions to agencies, the wall of the past day."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from balai.ui.status import Status
from modules.liveroom.states import AT_HEAD, LATE, STATUSES, State


class Screen(models.Model):
    """A television with its own link; the link shows figures, and nothing else."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("where it hangs"), max_length=80)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Instruction(models.Model):
    """One line of a leader to the head of an agency, about a case or the agency as such.

    The case is named by the module that has it and its reference there; ``number`` is what people
    call it. Everything that was said later stands in the steps.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+")
    module = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    text = models.CharField(_("instruction"), max_length=200)
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=10, choices=State, default=State.GIVEN)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text

    @property
    def late(self) -> bool:
        """Whether its day has passed while the agency's head had to act."""
        return self.state in AT_HEAD and self.due_on < timezone.localdate()

    @property
    def status(self) -> Status:
        """Colour, icon and word of the state; lateness says more than the state."""
        return LATE if self.late else STATUSES[self.state]


class InstructionStep(models.Model):
    """A line of an instruction's history. Never changed."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="steps")
    move = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    text = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ("at", "id")


class Moment(models.Model):
    """One tile of the wall as it was from a minute on, until its next row; compressed HTML.

    What did not change has no row, so that a quiet night costs nothing. Empty ``html``: the tile
    had gone.
    """

    key = models.CharField(max_length=80)
    at = models.DateTimeField()
    html = models.BinaryField()

    class Meta:
        ordering = ("key", "-at")
        constraints = (models.UniqueConstraint(fields=("key", "at"), name="liveroom_moment_once"),)
