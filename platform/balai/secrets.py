"""Values that only the region itself may read: encrypted with a key of its own, or hashed.

Keys are derived from the server's secret, the region's schema and a purpose, so that nothing
sealed in one city opens in another and no key is stored. A caller names the purpose, such as
"emergency.caller": what is sealed for one is no use to the other.
"""

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from balai import context

NONCE_BYTES: Final = 12
DIGEST_BYTES: Final = 16


class NotReadable(ValueError):  # noqa: N818  # it reads as what happened
    """Raised for a value of another region, another purpose, or one that was altered."""


def seal(text: str, *, purpose: str) -> bytes:
    """Return ``text`` encrypted (AES-256-GCM) for the active region and ``purpose``.

    Raises:
        NoRegionError: outside a region.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key(purpose, "seal")).encrypt(nonce, text.encode(), None)


def unseal(sealed: bytes | memoryview, *, purpose: str) -> str:
    """Return what :func:`seal` was given.

    Raises:
        NotReadable: for anything that was not sealed here, for this purpose, or was altered.
    """
    data = bytes(sealed)
    try:
        plain = AESGCM(_key(purpose, "seal")).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise NotReadable("not sealed here for this purpose") from error
    return plain.decode()


def digest(text: str, *, purpose: str) -> bytes:
    """Return a keyed hash (HMAC-SHA256, 16 bytes): equal texts meet, nobody else can guess them."""
    return hmac.digest(_key(purpose, "digest"), text.encode(), "sha256")[:DIGEST_BYTES]


def _key(purpose: str, use: str) -> bytes:
    info = context.namespaced(f"secrets.{use}:{purpose}").encode()
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return derive.derive(settings.SECRET_KEY.encode())
