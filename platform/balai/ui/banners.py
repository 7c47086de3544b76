"""The banners above every page of a region: what the template shows, and hiding one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai import context
from balai.modules import banners
from balai.modules.banners import Banner

COOKIE: Final = "balai_banners"
MOST: Final = 3
REMEMBERED: Final = 20
KEY_LENGTH: Final = 48
WEEK: Final = 7 * 24 * 3600
LONGEST_WAIT: Final = 6 * 3600
PART: Final = "balai/parts/banners.html"


@dataclass(frozen=True, slots=True)
class Board:
    """What the template shows.

    ``more`` is how many stand behind those shown; ``again`` is in how many seconds an open page
    asks anew, because a banner comes or goes by then; 0 for never.
    """

    shown: tuple[Banner, ...] = ()
    more: int = 0
    again: int = 0


NOTHING: Final = Board()


def board(request: HttpRequest, now: datetime | None = None) -> Board:
    """Return the banners this visitor has not hidden; no query where there are none."""
    if getattr(request, "kept_for_everybody", False):
        return NOTHING
    now = now or timezone.now()
    hidden = set(_hidden(request))
    found = [banner for banner in banners.current(now) if banner.key not in hidden]
    edge = banners.next_change(now)
    again = min(int((edge - now).total_seconds()) + 1, LONGEST_WAIT) if edge else 0
    return Board(tuple(found[:MOST]), max(0, len(found) - MOST), again)


@never_cache
@require_safe
def fragment(request: HttpRequest) -> HttpResponse:
    """Answer with the banners as they are now, for a page that is open."""
    return _part(request)


@never_cache
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    """Hide one banner on this device, and go back to the page it stood on."""
    key = request.POST.get("banner", "")[:KEY_LENGTH]
    hidden = [item for item in _hidden(request) if item != key]
    if key and key.replace("-", "").isalnum() and key.isascii():
        hidden.append(key)
    kept = ".".join(hidden[-REMEMBERED:])
    request.COOKIES[COOKIE] = kept
    response = _part(request) if request.headers.get("HX-Request") else _back(request)
    response.set_cookie(
        COOKIE, kept, max_age=WEEK, samesite="Lax", httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


def _part(request: HttpRequest) -> HttpResponse:
    if context.region_or_none() is None:
        raise Http404
    return render(request, PART)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    return HttpResponseRedirect(target)


def _hidden(request: HttpRequest) -> list[str]:
    return [key for key in request.COOKIES.get(COOKIE, "").split(".") if key]
