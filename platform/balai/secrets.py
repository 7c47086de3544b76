"""Values that only the region itself may read: encrypted with a key of its own, or hashed.

A region has a random key of its own, which the directory keeps wrapped by the server's secret: once
it is deleted, nobody reads what was sealed. From it a key for each purpose is derived. A caller
names the purpose, such as "emergency.caller": what is sealed for one is no use to the other. The
platform, and a region that was opened before there were such keys, has them derived from the
server's secret and the schema's name.
"""

import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

from balai import context

NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
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


def derived(purpose: str, *, use: str) -> bytes:
    """Return 32 bytes that only the active region has, for what is neither sealed nor hashed here.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    return _key(purpose, use)


def new_key() -> bytes:
    """Return a new region's random key, wrapped."""
    return wrap(os.urandom(KEY_BYTES))


def wrap(key: bytes) -> bytes:
    """Return a region's key, encrypted with one derived from the server's secret."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_wrapping(settings.SECRET_KEY)).encrypt(nonce, key, None)


def unwrap(wrapped: bytes) -> bytes:
    """Return the key that :func:`wrap` was given, also with a server's secret of before.

    Raises:
        NotReadable: when none of the server's secrets opens it.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_wrapping(secret)).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], None
            )
        except (InvalidTag, ValueError):
            continue
    raise NotReadable("the region's key was wrapped with another server's secret")


def _key(purpose: str, use: str) -> bytes:
    active = context.current()
    if isinstance(active, context.Region) and active.wrapped_key:
        return _derive(unwrap(active.wrapped_key), f"secrets.{use}:{purpose}")
    info = context.namespaced(f"secrets.{use}:{purpose}")
    return _derive(settings.SECRET_KEY.encode(), info)


def _wrapping(secret: str | bytes) -> bytes:
    return _derive(force_bytes(secret), "balai.secrets.region key")


def _derive(material: bytes, info: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info.encode())
    return derive.derive(material)
