"""Requests that were answered already, by the key their sender gave them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IdempotencyKey(models.Model):
    """One request of one client: its fingerprint, and the answer a repetition gets.

    ``status`` is 0 while the first request is still being worked on.
    """

    scope = models.CharField(_("scope"), max_length=60)
    key = models.CharField(_("key"), max_length=64)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"), default=0)
    body = models.TextField(_("body"), blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    class Meta:
        verbose_name = _("answered request")
        verbose_name_plural = _("answered requests")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="outbox_idempotency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
