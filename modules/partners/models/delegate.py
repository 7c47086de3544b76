"""Whom a partner sends that signs in with a platform account: the region's own record."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modules.partners.models.partner import Partner

if TYPE_CHECKING:
    from datetime import date


class Delegate(models.Model):
    """An institution's person who serves several regions; this row alone says who may come in.

    ``ends_on`` is the last day in the region's time zone. ``subject`` is what the platform calls
    the person here, written down at the first use: after that no other platform account can use
    the row, whatever its address. ``user`` is the local account.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="delegates", db_index=False)
    email = models.EmailField(_("official e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    ends_on = models.DateField(_("last day"))
    subject = models.UUIDField(null=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("partner", "email"), condition=models.Q(withdrawn_at=None),
                name="partners_delegate_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.uuid)

    def is_over(self, today: "date | None" = None) -> bool:
        """Tell whether it was withdrawn or its last day has passed."""
        return self.withdrawn_at is not None or self.ends_on < (today or timezone.localdate())
