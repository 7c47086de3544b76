"""The wall for officers and for screens, its fresh parts, and the list of screens."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.context import current_region
from modules.liveroom import access, selectors, services, wall
from modules.liveroom.forms import ScreenForm
from modules.liveroom.models import Screen

LOOK = "liveroom.access_desk"


@never_cache
@require_safe
@desk_required(LOOK)
def officers_wall(request: HttpRequest) -> HttpResponse:
    """Show the wall to a leader, coordinator or admin."""
    services.note_officer(user=request.user)  # type: ignore[arg-type]  # signed in: desk_required
    return _wall(request, "liveroom_desk:widget", officer=True)


@never_cache
@require_safe
@desk_required(LOOK)
def officers_widget(request: HttpRequest, key: str) -> HttpResponse:
    """Return one widget's inside."""
    return _widget(request, key)


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
    return _wall(request, "liveroom:widget", officer=False)


@never_cache
@require_safe
def screens_widget(request: HttpRequest, key: str) -> HttpResponse:
    """Return one widget's inside to a connected screen."""
    _screen_or_404(request)
    return _widget(request, key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(services.MANAGE)
def screens(request: HttpRequest) -> HttpResponse:
    """List the screens and connect a new one; its link is shown once, here."""
    form = ScreenForm(request.POST or None)
    link, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            screen = services.connect_screen(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in: desk_required
            link = f"{current_region().base_url}{_path(screen)}"
            form, status = ScreenForm(), 200
    page = {"form": form, "screens": selectors.screens(), "link": link, "now": timezone.now()}
    return render(request, "liveroom/screens.html", page, status=status)


@require_POST
@desk_required(services.MANAGE)
def revoke(request: HttpRequest, screen: UUID) -> HttpResponseBase:
    """Take a screen's link back."""
    found = get_object_or_404(Screen, uuid=screen)
    services.revoke_screen(screen=found, by=request.user)  # type: ignore[arg-type]  # signed in: desk_required
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": found.name})
    return redirect("liveroom_desk:screens")


def _path(screen: Screen) -> str:
    return reverse("liveroom:join", args=[access.token_of(screen)])


def _screen_or_404(request: HttpRequest) -> Screen:
    screen = access.screen_here(request)
    if screen is None:
        raise Http404
    return screen


def _wall(request: HttpRequest, fragment: str, *, officer: bool) -> HttpResponse:
    page = {"wall": wall.build(request, fragment), "officer": officer, "now": timezone.now()}
    return render(request, "liveroom/wall.html", page)


def _widget(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with a widget's inside; 204 leaves the tile as it is when the widget has gone."""
    html = wall.one(key, request)
    return HttpResponse(html) if html else HttpResponse(status=204)
