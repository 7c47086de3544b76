"""An operator asks to enter a region; its admins let them in for a while, or do not."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EntryState(models.TextChoices):
    """Where a request to enter is."""

    ASKED = "asked", _("Waiting for the region")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Not answered in time")
    ENDED = "ended", _("Ended")


MOVES: Final[dict[str, frozenset[str]]] = {
    EntryState.ASKED: frozenset(
        {EntryState.GRANTED, EntryState.REFUSED, EntryState.WITHDRAWN, EntryState.LAPSED}
    ),
    EntryState.GRANTED: frozenset({EntryState.ENDED}),
    EntryState.REFUSED: frozenset(),
    EntryState.WITHDRAWN: frozenset(),
    EntryState.LAPSED: frozenset(),
    EntryState.ENDED: frozenset(),
}


class Entry(models.Model):
    """One visit of one operator: asked with a reason, bounded by ``until``.

    ``token_hash`` belongs to the one hand-over that is good now. ``account`` is the public
    reference of the account the visit uses inside the region.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("tenants.Region", on_delete=models.CASCADE, related_name="entries")
    operator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entries"
    )
    operator_name = models.CharField(_("operator"), max_length=120)
    reason = models.CharField(_("reason"), max_length=400)
    minutes = models.PositiveSmallIntegerField(_("length"))
    state = models.CharField(
        _("state"), max_length=10, choices=EntryState, default=EntryState.ASKED
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.CharField(_("decided by"), max_length=120, blank=True)
    may_change = models.BooleanField(_("may change settings"), default=False)
    until = models.DateTimeField(_("until"), null=True)
    token_hash = models.CharField(max_length=64, blank=True)
    token_until = models.DateTimeField(null=True)
    account = models.UUIDField(null=True)
    entered_at = models.DateTimeField(_("entered at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.CharField(_("ended by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("visit of an operator")
        verbose_name_plural = _("visits of operators")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "operator"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="entry_one_open_request",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_live(self) -> bool:
        """Whether the region lets the operator in at this moment."""
        return (
            self.state == EntryState.GRANTED
            and self.until is not None
            and timezone.now() < self.until
        )
