"""Signatures that are worth something in one region only."""

from typing import Any

from django.core import signing

from balai import context

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


def _salt(salt: str, schema: str = "") -> str:
    return f"balai.{schema or context.schema()}:{salt}"


def dumps(value: Any, *, salt: str) -> str:
    """Return a URL-safe signed and time-stamped token for ``value`` in the active region.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    return signing.dumps(value, salt=_salt(salt), compress=True)


def loads(token: str, *, salt: str, max_age: int, schema: str = "") -> Any:
    """Return what :func:`dumps` signed, here, at most ``max_age`` seconds ago.

    Args:
        schema: the schema it must have been signed in; "" is the active one. Only the live
            hub says it, because it runs for all regions at once and activates none.

    Raises:
        BadSignature: for a token that was altered or made in another region.
        SignatureExpired: for one that is too old.
    """
    return signing.loads(token, salt=_salt(salt, schema), max_age=max_age)
