"""The unguessable name of a call: who holds it sees how the call stands, nothing of a person."""

import uuid
from typing import Final

from balai import signing

SALT: Final = "emergency.call"
MAX_AGE: Final = 7 * 24 * 3600
"""Seconds; a week after a call nobody needs its page any more."""

BadSignature = signing.BadSignature


def of(key: uuid.UUID) -> str:
    """Return the token of the call that was, or will be, stored under ``key``."""
    return signing.dumps(key.hex, salt=SALT)


def read(token: str) -> uuid.UUID:
    """Return the key that a token names.

    Raises:
        BadSignature: for one that was altered, made in another region, or is too old.
    """
    try:
        return uuid.UUID(hex=signing.loads(token, salt=SALT, max_age=MAX_AGE))
    except (ValueError, TypeError, AttributeError) as error:
        raise BadSignature("not the token of a call") from error
