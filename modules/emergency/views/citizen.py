"""What 112 is, and the button for who cannot call."""

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.request import client_ip
from balai.ui.kept import NOBODY, kept_page
from modules.emergency import conf, limits, tokens
from modules.emergency.citizen_forms import PressForm, pressed
from modules.emergency.pressing import Press
from modules.emergency.selectors import calling
from modules.emergency.services import panic

COOKIE = "balai_112"
DAY = 24 * 3600


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Say what 112 is and when to call whom; offer the button and the way back to one's call."""
    page: dict[str, object] = {"panic": conf.current().panic_enabled, "number": _number(request)}
    earlier = _earlier(request)
    standing = calling.standing(earlier) if earlier else None
    if earlier and standing and standing.open:
        page |= {"own": request.COOKIES[COOKIE], "standing": standing}
    return render(request, "emergency/index.html", page)


@kept_page
def index_kept(request: HttpRequest) -> HttpResponse:
    """Return the same page for everybody, which a phone keeps for when there is no network."""
    page = {"panic": conf.current().panic_enabled, "number": "", "kept": True, **NOBODY}
    return render(request, "emergency/index.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask before anything is sent: the way without scripts, and without holding a button."""
    _require_enabled()
    if request.method != "POST":
        form = PressForm(initial={"key": uuid.uuid4(), "number": _number(request)})
        return render(request, "emergency/panic.html", {"form": form})
    press = _press(request)
    if press is None:
        form = PressForm({**request.POST.dict(), "key": str(uuid.uuid4())})
        return render(request, "emergency/panic.html", {"form": form}, status=422)
    call = panic.press(press=press)
    token = tokens.of(call.key)
    return _remember(redirect("emergency:call", token), token)


@never_cache
@require_POST
def arm(request: HttpRequest) -> HttpResponse:
    """Keep a held press for ten seconds and tell the phone where to send, cancel and follow it."""
    _require_enabled()
    press = _press(request)
    if press is None:
        return JsonResponse({"code": "no_key"}, status=422)
    panic.arm(press=press)
    token = tokens.of(press.key)
    names = {"page": "call", "send": "call-send", "cancel": "call-cancel", "move": "call-move"}
    told = {name: reverse(f"emergency:{route}", args=[token]) for name, route in names.items()}
    return _remember(JsonResponse(told, status=201), token)


def _press(request: HttpRequest) -> Press | None:
    user: Any = request.user
    return pressed(
        request.POST,
        name=user.name if user.is_authenticated else "",
        earlier=_earlier(request),
        doubt=_doubt(request),
    )


def _doubt(request: HttpRequest) -> str:
    """Return what a dispatcher should know of many presses from one network; it stops none."""
    if not limits.over("press", client_ip(request)):
        return ""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Unusually many presses from one network within ten minutes.")


def _number(request: HttpRequest) -> str:
    user: Any = request.user
    return (user.phone or "") if user.is_authenticated else ""


def _earlier(request: HttpRequest) -> uuid.UUID | None:
    """Return the last press of this browser."""
    try:
        return tokens.read(request.COOKIES.get(COOKIE, ""))
    except tokens.BadSignature:
        return None


def _remember(response: HttpResponse, token: str) -> HttpResponse:
    """Let this browser find its call again, for a day."""
    response.set_cookie(
        COOKIE, token, max_age=DAY, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _require_enabled() -> None:
    if not conf.current().panic_enabled:
        raise Http404
