"""Keep a switched-off module out of sight: its URLs, its permissions, its desk."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from balai.modules import registry
from balai.modules.rooting import SUFFIX

DESK = "_desk"
CONSOLE = "_console"
GUARDED = (DESK, CONSOLE)


class ModuleGateMiddleware:
    """Answer 404, as if the page did not exist, for every URL of a switched-off module.

    Desk pages ask for ``<slug>.access_desk`` and console pages for the admin role here, so
    that a view that forgets its own check is still closed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        """Let the request pass, redirect to sign-in, or raise Http404 / PermissionDenied."""
        match = request.resolver_match
        if match is None:
            return None
        for name in match.app_names:
            slug, area = split(name)
            if registry.is_off(slug):
                raise Http404
            if area in GUARDED and registry.get(slug):
                return _guard(
                    request, "console.access" if area == CONSOLE else f"{slug}.access_desk"
                )
        return None


def split(app_name: str) -> tuple[str, str]:
    """Return the slug and the area of a URL file's name: ("news", "_desk")."""
    for area in (*GUARDED, SUFFIX):
        if app_name.endswith(area):
            return app_name.removesuffix(area), area
    return app_name, ""


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Lead a visitor to the sign-in page.

    What is sent again and again until it arrives (the offline queue, a program) gets a 401: it
    would take the page behind a redirect for an answer and forget what it sent.
    """
    if request.method == "POST" and "Idempotency-Key" in request.headers:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Session"})
    return redirect_to_login(request.get_full_path())


def _guard(request: HttpRequest, permission: str) -> HttpResponseBase | None:
    user: Any = request.user
    if not user.is_authenticated:
        return sign_in_first(request)
    if not user.has_perm(permission):
        raise PermissionDenied
    return None


class ModuleGateBackend(BaseBackend):
    """Deny every permission of a switched-off module before other backends are asked."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Never grant; raise PermissionDenied when the permission's module is off."""
        if registry.is_off(perm.partition(".")[0]):
            raise PermissionDenied
        return False
