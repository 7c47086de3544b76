"""The token endpoint: a program's key for a short-lived access token (RFC 6749, 4.4 and 5)."""

import base64
import binascii
import hmac
from typing import Any, Final
from urllib.parse import unquote_plus

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from balai import audit
from balai.api import key_services, keys, quota, throttle, tokens
from balai.api.models import ApiKey
from balai.audit.actor import Actor, acting
from balai.modules import registry

FORM: Final = "application/x-www-form-urlencoded"
GRANT: Final = "client_credentials"


class Refused(Exception):  # noqa: N818  # it reads as what happened
    """Raised for a request that gets no token; ``error`` is a code of RFC 6749, 5.2."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """Exchange a key for a token; a cookie that comes along means nothing here."""
    try:
        key = _client(request)
        scopes = _scopes(request, key)
    except Refused as refusal:
        return _refusal(request, refusal)
    left = quota.take(key.pk, key.per_minute)
    if left.used_up:
        response = _answer({"error": "temporarily_unavailable"}, 429)
        left.stamp(response)
        return response
    key_services.note_use(key, timezone.now())
    with acting(lambda: Actor(label=f"API: {key.name}")):
        audit.record(action="api.token_issued", target=key.prefix, after={"scopes": scopes})
    told = {
        "access_token": tokens.issue(key, scopes),
        "token_type": "Bearer",
        "expires_in": tokens.LASTS,
        "scope": " ".join(scopes),
    }
    response = _answer(told, 200)
    left.stamp(response)
    return response


def _client(request: HttpRequest) -> ApiKey:
    """Return the key of the program that asks; its id is the key's prefix, its secret the key."""
    if not throttle.RegionThrottle().allow_request(request):
        raise Refused("temporarily_unavailable", 429)
    if request.content_type != FORM:
        raise Refused("invalid_request")
    client, secret = _credentials(request)
    found = None if secret.startswith(tokens.PREFIX) else keys.find(secret)
    if found is None or not hmac.compare_digest(found.prefix, client):
        raise Refused("invalid_client", 401)
    ended = found.expires_at is not None and found.expires_at <= timezone.now()
    if ended or found.revoked_at is not None:
        raise Refused("invalid_client", 401)
    return found


def _credentials(request: HttpRequest) -> tuple[str, str]:
    """Return id and secret from the header (RFC 6749, 2.3.1), else from the form; never both."""
    header = request.headers.get("Authorization", "")
    in_form = "client_secret" in request.POST
    if not header:
        return _ascii(request.POST.get("client_id", "")), request.POST.get("client_secret", "")
    scheme, _space, value = header.partition(" ")
    if scheme.lower() != "basic" or in_form:
        raise Refused("invalid_request")
    try:
        told = base64.b64decode(value.strip(), validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise Refused("invalid_client", 401) from error
    client, _colon, secret = told.partition(":")
    return _ascii(unquote_plus(client)), unquote_plus(secret)


def _ascii(text: str) -> str:
    return text if text.isascii() else ""


def _scopes(request: HttpRequest, key: ApiKey) -> list[str]:
    """Return the rights asked for, by default all the key has, of modules that are on."""
    if request.POST.get("grant_type") != GRANT:
        missing = "grant_type" not in request.POST
        raise Refused("invalid_request" if missing else "unsupported_grant_type")
    own = [one for one in key.scopes if not registry.is_off(one.partition(":")[0])]
    wanted = request.POST.get("scope", "").split() or own
    if set(wanted) - set(own) or not wanted:
        raise Refused("invalid_scope")
    return sorted(set(wanted))


def _refusal(request: HttpRequest, refusal: Refused) -> JsonResponse:
    response = _answer({"error": refusal.error}, refusal.status)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="balai"'
    return response


def _answer(told: dict[str, Any], status: int) -> JsonResponse:
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    return JsonResponse(told, status=status, headers=headers)
