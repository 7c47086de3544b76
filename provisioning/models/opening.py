"""One region being opened: who asked for what, and how far the steps have come."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OpeningState(models.TextChoices):
    """Where an opening is."""

    DRAFT = "draft", _("Being filled in")
    REVIEW = "review", _("Waiting for our check")
    REFUSED = "refused", _("Refused")
    RUNNING = "running", _("Being built")
    FAILED = "failed", _("Stopped at a step")
    DONE = "done", _("Open")


class StepState(models.TextChoices):
    """Where a step is."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


UNDER_WAY: Final = (OpeningState.RUNNING, OpeningState.FAILED)


class Opening(models.Model):
    """What the wizard has been told so far, and afterwards the record of the building.

    ``code_digest`` and its companions belong to the e-mail code; the code itself is nowhere.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("official e-mail"))
    applicant = models.CharField(_("your name"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, default=settings.LANGUAGE_CODE)
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    verified_at = models.DateTimeField(_("e-mail proved at"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    code = models.CharField(_("Kemendagri code"), max_length=5, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    slug = models.CharField(_("address"), max_length=41, blank=True)
    preset = models.CharField(_("preset"), max_length=40, blank=True)
    plan = models.CharField(_("plan"), max_length=40, blank=True)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    cell = models.CharField(_("cell"), max_length=20, blank=True, default="", db_default="")
    state = models.CharField(
        _("state"), max_length=10, choices=OpeningState, default=OpeningState.DRAFT
    )
    region = models.ForeignKey(
        "tenants.Region", null=True, blank=True, on_delete=models.SET_NULL, related_name="openings"
    )
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["state"], name="opening_by_state")]

    def __str__(self) -> str:
        return f"{self.slug or self.code or self.uuid} ({self.get_state_display()})"


class Step(models.Model):
    """One step of an opening. It commits together with its mark, so it happens exactly once."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"))
    state = models.CharField(
        _("state"), max_length=10, choices=StepState, default=StepState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["opening", "position"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "name"], name="step_unique_per_opening"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.state}"

    @property
    def seconds(self) -> float | None:
        """How long the successful try took."""
        if not (self.started_at and self.finished_at):
            return None
        return max(0.0, (self.finished_at - self.started_at).total_seconds())
