"""A browser says that it takes web push, or that it does so no longer."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from balai.accounts import limits
from balai.notify.push import devices, vapid

MAX_BODY = 4096


@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """Return the region's public key, which a browser binds its subscription to."""
    return JsonResponse({"key": vapid.public_key()})


@never_cache
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take in a PushSubscription as ``toJSON()`` spells it, and remember this browser."""
    if not limits.allow_ip("push.ip", request):
        return _refusal(429, _("Please wait a moment and try again."))
    user: Any = request.user
    try:
        told = _told(request)
        device = devices.register(
            **told,
            language=translation.get_language() or "id",
            user=user if user.is_authenticated else None,
        )
    except ValueError:
        return _refusal(422, _("This browser's push service cannot be used."))
    response = JsonResponse({"ok": True}, status=201)
    devices.remember(response, device)
    return response


@never_cache
@require_POST
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Forget this browser and all it follows; asked twice, it is the same."""
    device = devices.of_browser(request)
    if device is not None:
        devices.forget(device)
    response = JsonResponse({"ok": True})
    response.delete_cookie(devices.COOKIE, samesite="Lax")
    return response


def _told(request: HttpRequest) -> dict[str, str]:
    """Return endpoint and keys; raises ValueError for anything else."""
    if len(request.body) > MAX_BODY:
        raise ValueError("too long")
    told = json.loads(request.body)
    keys = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(keys, dict):
        raise ValueError("no subscription")
    found = {
        "endpoint": told.get("endpoint"),
        "p256dh": keys.get("p256dh"),
        "auth": keys.get("auth"),
    }
    if not all(isinstance(value, str) and value.isascii() for value in found.values()):
        raise ValueError("no subscription")
    return found


def _refusal(status: int, message: str) -> HttpResponse:
    return JsonResponse({"message": message}, status=status)
