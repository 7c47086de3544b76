"""Short-lived access tokens for programs that have a key (RFC 6749, 4.4 client credentials).

The key stays at home: a program exchanges it for a token that is good for a quarter of an hour and
for no more than the rights it asked for. Nothing is stored; a token is signed for one region, and
dies with its key.
"""

from collections.abc import Iterable
from typing import Final

from balai import signing
from balai.api.models import ApiKey

PREFIX: Final = "balait_"
SALT: Final = "api.access_token"
LASTS: Final = 900
"""Seconds."""
LONGEST: Final = 4096


def issue(key: ApiKey, scopes: Iterable[str]) -> str:
    """Return a token of ``key`` that is good for ``scopes``."""
    return PREFIX + signing.dumps([key.prefix, sorted(scopes)], salt=SALT)


def read(token: str) -> tuple[str, list[str]] | None:
    """Return (prefix of the key, rights) of a token, None for one that is not good here and now."""
    if not token.startswith(PREFIX) or len(token) > LONGEST:
        return None
    try:
        prefix, scopes = signing.loads(token.removeprefix(PREFIX), salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(prefix), [str(scope) for scope in scopes]
