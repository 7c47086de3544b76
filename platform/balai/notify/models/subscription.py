"""Who wants to hear of a thing, and the browsers that take web push."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class PushDevice(models.Model):
    """A browser that takes web push (RFC 8030); its keys encrypt what is sent (RFC 8291)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )
    endpoint = models.URLField(max_length=600)
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    language = models.CharField(max_length=5, default="id")
    created_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["endpoint_hash"], name="notify_device_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Subscription(models.Model):
    """Somebody follows a thing: an account, an e-mail address that confirmed, or a browser.

    ``subject`` is "<module>.<thing>:<uuid>". ``token`` ends it without signing in.
    """

    subject = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    email = models.EmailField(blank=True)
    device = models.ForeignKey(PushDevice, models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=5, default="id")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "user", "email", "device"],
                nulls_distinct=False,
                name="notify_subscription_once",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
