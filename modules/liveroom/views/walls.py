"""The wall for officers, on a phone and on a large screen, and for screens without anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.liveroom import access, services, topics, wall
from modules.liveroom.models import Screen
from modules.liveroom.rights import LOOK
from modules.liveroom.selectors import burning

MOST_TILES = 60


@never_cache
@require_safe
@desk_required(LOOK)
def officers_wall(request: HttpRequest) -> HttpResponse:
    """Show the wall to a leader, coordinator or admin; on a phone what burns comes first."""
    services.note_officer(user=request.user)  # type: ignore[arg-type]  # signed in: desk_required
    page = {"now_topics": _now_topics(), "signals": burning.signals(timezone.now())}
    return _wall(request, "liveroom_desk", page | {"officer": True})


@never_cache
@require_safe
@desk_required(LOOK)
def burning_now(request: HttpRequest) -> HttpResponse:
    """Return the phone's list of what burns."""
    page = {"signals": burning.signals(timezone.now())}
    return render(request, "liveroom/parts/burning.html", page)


@never_cache
@require_safe
@desk_required(LOOK)
def officers_widget(request: HttpRequest, key: str) -> HttpResponse:
    """Return one widget's inside."""
    return _widget(request, key)


@never_cache
@require_safe
@desk_required(LOOK)
def officers_tiles(request: HttpRequest) -> JsonResponse:
    """Return the insides of several widgets at once."""
    return _tiles(request)


@never_cache
@require_safe
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Connect this browser as a screen; the link's secret leaves the address at once."""
    screen = access.screen_of(token)
    if screen is None:
        raise Http404
    response = redirect("liveroom:wall")
    response.set_cookie(
        access.COOKIE, token, expires=screen.expires_at, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
@require_safe
def screens_wall(request: HttpRequest) -> HttpResponse:
    """Show the wall on a connected screen; to all others it does not exist."""
    services.note_screen(screen=_screen_or_404(request))
    return _wall(request, "liveroom", {"officer": False})


@never_cache
@require_safe
def screens_widget(request: HttpRequest, key: str) -> HttpResponse:
    """Return one widget's inside to a connected screen."""
    _screen_or_404(request)
    return _widget(request, key)


@never_cache
@require_safe
def screens_tiles(request: HttpRequest) -> JsonResponse:
    """Return the insides of several widgets at once to a connected screen."""
    _screen_or_404(request)
    return _tiles(request)


def _screen_or_404(request: HttpRequest) -> Screen:
    screen = access.screen_here(request)
    if screen is None:
        raise Http404
    return screen


def _wall(request: HttpRequest, namespace: str, page: dict[str, object]) -> HttpResponse:
    built = wall.build(request, f"{namespace}:widget")
    page |= {"wall": built, "now": timezone.now(), "tiles_url": f"{namespace}:tiles"}
    return render(request, "liveroom/wall.html", page)


def _widget(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with a widget's inside; 204 leaves the tile as it is when the widget has gone."""
    html = wall.some([key], request)[key]
    return HttpResponse(html) if html else HttpResponse(status=204)


def _tiles(request: HttpRequest) -> JsonResponse:
    return JsonResponse(wall.some(request.GET.getlist("key")[:MOST_TILES], request))


def _now_topics() -> str:
    """Return what the phone's list follows: every topic of the wall that is told of cases."""
    return " ".join(sorted({*topics.CHANGES, *burning.topics()}))
