"""Signatures that are worth something in one region only."""

from typing import Any

from django.core import signing

from balai import context

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


def _salt(salt: str) -> str:
    return f"balai.{context.namespaced(salt)}"


def dumps(value: Any, *, salt: str) -> str:
    """Return a URL-safe signed and time-stamped token for ``value`` in the active region.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    return signing.dumps(value, salt=_salt(salt), compress=True)


def loads(token: str, *, salt: str, max_age: int) -> Any:
    """Return what :func:`dumps` signed, here, at most ``max_age`` seconds ago.

    Raises:
        BadSignature: for a token that was altered or made in another region.
        SignatureExpired: for one that is too old.
    """
    return signing.loads(token, salt=_salt(salt), max_age=max_age)
