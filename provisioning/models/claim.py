"""Somebody says that a region was opened by the wrong people."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimState(models.TextChoices):
    """Where a claim is."""

    OPEN = "open", _("To be checked")
    UPHELD = "upheld", _("Upheld")
    REFUSED = "refused", _("Refused")


class Claim(models.Model):
    """A dispute about who may run a region; operators settle it by hand, with letters."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("Kemendagri code"), max_length=5)
    applicant = models.CharField(_("your name"), max_length=120)
    position = models.CharField(_("position and office"), max_length=160)
    email = models.EmailField(_("official e-mail"))
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    statement = models.TextField(_("what happened"))
    letter = models.CharField(_("number of the official letter"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    answer = models.TextField(_("our answer"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_state_display()}"
