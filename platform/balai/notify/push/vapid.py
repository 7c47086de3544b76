"""Who sends: the region's own key towards push services (RFC 8292, "vapid").

The key is derived from the server's secret, so that nothing is stored and every process of every
machine has the same one; another region has another.
"""

import base64
import time
from email.utils import parseaddr
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from balai import context
from balai.notify.push.encryption import CURVE, point

GOOD_FOR: Final = 12 * 3600  # seconds; RFC 8292 section 2 allows a day
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256 (SEC 2, section 2.4.2)."""


def public_key() -> str:
    """Return the active region's key as a browser's ``applicationServerKey`` (base64url)."""
    return encoded(point(_key(context.schema()).public_key()))


def authorization(endpoint: str) -> str:
    """Return the Authorization header for a push to ``endpoint``."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + GOOD_FOR,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    token = jwt.encode(claims, _key(context.schema()), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def encoded(data: bytes) -> str:
    """Return base64url without padding, as push messages spell everything."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return what :func:`encoded` was given; raises ValueError for other texts."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


@lru_cache(maxsize=256)
def _key(schema: str) -> ec.EllipticCurvePrivateKey:
    """Return the region's key: 48 derived bytes, brought into 1..n-1 (FIPS 186-5, A.2.1)."""
    info = f"balai.notify.vapid:{schema}".encode()
    derived = HKDF(algorithm=SHA256(), length=48, salt=None, info=info).derive(
        force_bytes(settings.SECRET_KEY)
    )
    number = int.from_bytes(derived, "big") % (ORDER - 1) + 1
    return ec.derive_private_key(number, CURVE)
