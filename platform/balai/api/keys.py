"""Keys of other programs: who sends one, and whether it may do what it asks for.

In the JSON API: ``@router.post("/x", auth=KeyAuth("parks:reserve"))``; the program sends
``Authorization: Bearer balai_...`` or ``X-API-Key: balai_...``, or a short-lived token
(``balait_...``, see :mod:`balai.api.tokens`) in either. Standards that carry the key
elsewhere (Open311's form field ``api_key``) call :func:`admit`.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security.base import AuthBase

from balai.api import key_services, quota, tokens
from balai.api.models import ApiKey
from balai.audit.actor import Actor
from balai.audit.middleware import actor_of

HEADER: Final = "X-API-Key"
BEARER: Final = "bearer "


class Refused(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a key that does not open this; ``status`` is 401, 403 or 429."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Visitor:
    """A caller without a key, where none is required."""


class KeyAuth(AuthBase):
    """Let in programs whose key has a scope.

    Args:
        scope: one of the ``api_scopes`` of the module's manifest.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> "ApiKey | Visitor":
        try:
            return admit(request, token_of(request), self.scope)
        except Refused as refusal:
            raise HttpError(refusal.status, refusal.reason) from refusal


class KeyIfGiven(KeyAuth):
    """Let in everybody; a program with a key gets its own limit and is named in the audit log.

    A key that is sent must be good all the same.
    """

    def __call__(self, request: HttpRequest) -> "ApiKey | Visitor":
        return super().__call__(request) if token_of(request) else Visitor()


def admit(request: HttpRequest, token: str, scope: str) -> ApiKey:
    """Return the key if it is good for ``scope``, count the call, and let the key be who acts.

    A cookie that came along means nothing from here on: ``request.user`` is nobody.

    Raises:
        Refused: 401 without a good key, 403 for another scope, 429 when it called too often.
    """
    now = timezone.now()
    key = find(token)
    if key is None:
        raise Refused(401, _("Send a valid API key."))
    _require_valid(key, scope, now)
    told: Any = request
    told.user = AnonymousUser()
    told.api_key = key
    told.api_quota = quota.take(key.pk, key.per_minute)
    if told.api_quota.used_up:
        raise Refused(429, _("Too many calls. Please wait a minute."))
    key_services.note_use(key, now)
    return key


def find(token: str) -> ApiKey | None:
    """Return the key a token belongs to in this region, valid or not; None for a wrong one."""
    if token.startswith(tokens.PREFIX):
        return _of_short(token)
    scheme, _underscore, rest = token.partition("_")
    prefix, _underscore, secret = rest.partition("_")
    if scheme != key_services.SCHEME or not secret or len(prefix) != 2 * key_services.PREFIX_BYTES:
        return None
    if not prefix.isalnum() or len(token) > 200:
        return None
    key = ApiKey.objects.filter(prefix=prefix).first()
    given = key_services.digest(token)
    return key if key and hmac.compare_digest(key.digest, given) else None


def _of_short(token: str) -> ApiKey | None:
    """Return the key behind a short-lived token, with no more than the token's rights."""
    told = tokens.read(token)
    key = ApiKey.objects.filter(prefix=told[0]).first() if told else None
    if key is not None and told is not None:
        # On this object only: it is never saved, and the row keeps all its rights.
        key.scopes = [scope for scope in key.scopes if scope in told[1]]
    return key


def token_of(request: HttpRequest) -> str:
    """Return the token in the request's headers, "" without one."""
    bearer = request.headers.get("Authorization", "")
    if bearer[: len(BEARER)].lower() == BEARER:
        return bearer[len(BEARER) :].strip()
    return request.headers.get(HEADER, "").strip()


def of(request: HttpRequest) -> ApiKey | None:
    """Return the key that the request was admitted with."""
    key: ApiKey | None = getattr(request, "api_key", None)
    return key


def actor(request: HttpRequest) -> Callable[[], Actor]:
    """Return who acts in a request, for the audit log: the key's program, else its user."""

    def find_actor() -> Actor:
        key = of(request)
        if key is None:
            return actor_of(request)
        request_id: str = getattr(request, "request_id", "")
        return Actor(label=f"API: {key.name}", request_id=request_id)

    return find_actor


def _require_valid(key: ApiKey, scope: str, now: datetime) -> None:
    if key.revoked_at is not None:
        raise Refused(401, _("This API key has been revoked."))
    if key.expires_at is not None and key.expires_at <= now:
        raise Refused(401, _("This API key has expired."))
    if scope not in key.scopes:
        raise Refused(403, _("This API key does not have the right %(scope)s.") % {"scope": scope})
