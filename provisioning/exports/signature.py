"""The platform's signature under a manifest (Ed25519, RFC 8032): where an archive comes from."""

import hashlib
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from balai import context, secrets

PURPOSE: Final = "exports.manifest"


def sign(content: bytes) -> bytes:
    """Return the platform's signature of ``content``."""
    return _private().sign(content)


def public_key() -> bytes:
    """Return the platform's public key, 32 bytes."""
    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(key: bytes) -> str:
    """Return what people compare of a public key: 32 hexadecimal digits in groups of four."""
    digits = hashlib.sha256(key).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def fits(content: bytes, signature: bytes, key: bytes) -> bool:
    """Tell whether the owner of ``key`` has signed ``content``."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _private() -> Ed25519PrivateKey:
    with context.platform():
        return Ed25519PrivateKey.from_private_bytes(secrets.derived(PURPOSE, use="sign"))
