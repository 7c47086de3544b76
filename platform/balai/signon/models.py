"""What the provider keeps beside allauth's clients and tokens."""

import uuid

from allauth.idp.oidc.models import Client
from django.conf import settings
from django.db import models
from django.utils import timezone


class SigningKey(models.Model):
    """A key that signs ID tokens of this region; the private half is sealed.

    Apps may know it from ``created_at`` on (JWKS); it signs from ``not_before``, and is worth
    nothing after ``expires_at`` (None: until it is rotated).
    """

    sealed = models.BinaryField(editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-not_before", "-id")

    def __str__(self) -> str:
        return f"{self.not_before:%Y-%m-%d}"


class Grant(models.Model):
    """A person's consent to one app, and what the app calls them.

    ``subject`` is the ``sub`` of OpenID Connect Core 8.1: random, another one for each app, and
    kept when consent is taken back, so that an account in the app is found again. ``asked`` is
    what the app asked for when the person decided, ``scopes`` what they gave; both are texts of
    words, "" after the consent was taken back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    subject = models.UUIDField(default=uuid.uuid4, editable=False)
    asked = models.CharField(max_length=120, blank=True)
    scopes = models.CharField(max_length=120, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("client", "user"), name="signon_grant_once"),
            models.UniqueConstraint(fields=("client", "subject"), name="signon_grant_subject"),
        )

    def __str__(self) -> str:
        return self.subject.hex

    @property
    def given(self) -> frozenset[str]:
        """The scopes that the person allows now."""
        return frozenset(self.scopes.split())
