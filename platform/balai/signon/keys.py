"""The region's signing keys: made once, replaced with an overlap, or at once after a leak."""

from datetime import datetime, timedelta
from typing import Final

from allauth.idp.oidc.models import PrivateKey
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from balai import audit, context, secrets
from balai.signon.models import SigningKey

PURPOSE: Final = "signon.key"
BITS: Final = 2048
KNOWN_FOR: Final = timedelta(hours=2)
"""How long a new key is in the JWKS before it signs: apps keep the JWKS for an hour."""
OVERLAP: Final = timedelta(hours=24)
"""How long the old key is good after the new one signs; ID tokens live five minutes."""
AGE: Final = timedelta(days=180)
"""After which a key is replaced by itself."""
PUBLISHED_FOR: Final = 3600  # seconds that an app may keep the JWKS
LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext(%s))"


def current() -> list[PrivateKey]:
    """Return the keys that are good now or soon, as allauth knows them (1 query)."""
    alive = SigningKey.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
    return [
        PrivateKey(
            pem=secrets.unseal(row.sealed, purpose=PURPOSE),
            not_before=row.not_before, issued_at=row.not_before, expires_at=row.expires_at,
        )
        for row in alive
    ]  # fmt: skip


@transaction.atomic
def ensure() -> None:
    """Make the region's first key, if there is none."""
    _lock()
    if not SigningKey.objects.filter(expires_at__isnull=True).exists():
        _make(not_before=timezone.now())
        audit.record(action="signon.key_made", target="first")


@transaction.atomic
def rotate() -> SigningKey:
    """Replace the key: the new one is published now, signs in two hours, the old one stays a day.

    While a replacement waits to sign, nothing happens: the one that waits is returned.
    """
    _lock()
    now = timezone.now()
    waiting = SigningKey.objects.filter(not_before__gt=now).first()
    if waiting is not None:
        return waiting
    begins = now + KNOWN_FOR
    SigningKey.objects.filter(expires_at__isnull=True).update(expires_at=begins + OVERLAP)
    made = _make(not_before=begins)
    audit.record(action="signon.key_rotated", target=str(made.pk), after={"signs_from": begins})
    return made


@transaction.atomic
def replace_now(*, reason: str) -> SigningKey:
    """Replace the key after a leak: every older one is worth nothing from this moment.

    Apps that keep the JWKS fetch it anew when they meet the unknown key.
    """
    _lock()
    now = timezone.now()
    SigningKey.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now)).update(
        expires_at=now
    )
    made = _make(not_before=now)
    audit.record(action="signon.key_replaced", target=str(made.pk), reason=reason)
    return made


def rotate_old() -> None:
    """Rotate a key that has signed for half a year, and delete those that are over."""
    now = timezone.now()
    SigningKey.objects.filter(expires_at__lt=now - OVERLAP).delete()
    if SigningKey.objects.filter(expires_at__isnull=True, not_before__lt=now - AGE).exists():
        rotate()


def _make(not_before: datetime) -> SigningKey:
    sealed = secrets.seal(_generated(), purpose=PURPOSE)
    return SigningKey.objects.create(sealed=sealed, not_before=not_before)


def _generated() -> str:
    """Return a new private key as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [context.namespaced("signon.keys")])
