"""Encrypt a push message for one browser: RFC 8291 over RFC 8188 (aes128gcm), one record."""

import os
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MAX_PLAIN: Final = 3072
"""Bytes of a message; push services take 4096 with the overhead of the encryption."""
RECORD_SIZE: Final = 4096
SALT_LENGTH: Final = 16
AUTH_LENGTH: Final = 16
LAST_RECORD: Final = b"\x02"
CURVE: Final = ec.SECP256R1()


def encrypt(
    plain: bytes,
    *,
    p256dh: bytes,
    auth: bytes,
    salt: bytes = b"",
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body of a push request that only one browser can read.

    Args:
        plain: at most 3072 bytes.
        p256dh: the browser's public key, an uncompressed point of P-256 (65 bytes).
        auth: the browser's authentication secret (16 bytes).
        salt: 16 bytes, fresh ones by default; given by the example of RFC 8291 section 5.
        sender: our key for this one message, a fresh one by default.

    Raises:
        ValueError: for keys that no browser makes, or for a message that is too long.
    """
    if len(plain) > MAX_PLAIN:
        raise ValueError("a push message has at most 3072 bytes")
    browser = public_key(p256dh)
    if len(auth) != AUTH_LENGTH:
        raise ValueError("the authentication secret has 16 bytes")
    salt = salt or os.urandom(SALT_LENGTH)
    sender = sender or ec.generate_private_key(CURVE)
    own = point(sender.public_key())
    secret = sender.exchange(ec.ECDH(), browser)
    ikm = _derive(secret, auth, b"WebPush: info\0" + p256dh + own, 32)
    key = _derive(ikm, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(ikm, salt, b"Content-Encoding: nonce\0", 12)
    header = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(key).encrypt(nonce, plain + LAST_RECORD, None)


def public_key(data: bytes) -> ec.EllipticCurvePublicKey:
    """Return a browser's public key; raises ValueError for anything but a point of P-256."""
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, data)
    except UnsupportedAlgorithm as error:
        raise ValueError("not a point of P-256") from error


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as 65 bytes, the form that browsers and RFC 8292 use."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
