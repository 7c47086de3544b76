"""The archive's own key: what a region has sealed leaves it under a passphrase shown once.

The key is scrypt(passphrase, salt) (RFC 7914); a value is AES-256-GCM with a synthetic nonce, so
that equal archives are equal, and is bound to its table and column.
"""

import hmac
import secrets as random
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS: Final = 6
GROUP: Final = 4
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
COST: Final = {"n": 2**15, "r": 8, "p": 1}


class WrongPassphrase(ValueError):  # noqa: N818  # it reads as what happened
    """Raised for a value that the passphrase does not open, or that was altered."""


@dataclass(frozen=True, slots=True)
class ArchiveKey:
    """32 bytes that open one archive's sealed values."""

    key: bytes

    def seal(self, text: str, *, place: str) -> str:
        """Return ``text`` encrypted for ``place`` ("table.column"), as base64."""
        nonce = hmac.digest(self.key, f"nonce:{place}:{text}".encode(), "sha256")[:NONCE_BYTES]
        sealed = nonce + AESGCM(self.key).encrypt(nonce, text.encode(), place.encode())
        return b64encode(sealed).decode()

    def open(self, sealed: str, *, place: str) -> str:
        """Return what :meth:`seal` was given.

        Raises:
            WrongPassphrase: when it was sealed with another key, or for another place.
        """
        try:
            data = b64decode(sealed, validate=True)
            plain = AESGCM(self.key).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongPassphrase("the passphrase does not open this archive") from error
        return plain.decode()

    def content(self) -> "hmac.HMAC":
        """Return a running keyed hash over a table's lines: nobody else can guess rows from it."""
        return hmac.new(self.key, b"content", "sha256")


def new_passphrase() -> str:
    """Return 24 random characters (118 bits) in groups, easy to write down and to read out."""
    groups = ("".join(random.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def new_salt() -> bytes:
    """Return a new archive's salt."""
    return random.token_bytes(SALT_BYTES)


def key_of(passphrase: str, salt: bytes) -> ArchiveKey:
    """Return the key that a passphrase gives; dashes, blanks and small letters do not matter."""
    words = "".join(letter for letter in passphrase.upper() if letter.isalnum())
    derive = Scrypt(salt=bytes(salt), length=KEY_BYTES, **COST)
    return ArchiveKey(derive.derive(words.encode()))
