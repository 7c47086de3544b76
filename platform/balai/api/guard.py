"""What every call of the API passes: the module's switch, and CSRF where a cookie speaks.

Afterwards a program with a key is told how many calls it has left.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError

from balai.api import keys
from balai.api.quota import Quota
from balai.audit.actor import acting
from balai.modules import registry

Run = Callable[..., HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS"}


class CsrfCheck(CsrfViewMiddleware):
    """Django's check, answering with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def guard_for(api: NinjaAPI) -> Callable[[Run], Run]:
    """Return the decorator of every operation: 404 while its module is off, 403 for forgery.

    django-ninja's views are exempt from the CSRF middleware, because callers with a key have
    no cookie. Who comes with a session cookie is a browser and must prove that it meant it.
    """

    def guarded(run: Run) -> Run:
        @wraps(run)
        def checked(request: HttpRequest, **values: Any) -> HttpResponse:
            try:
                _check(request)
            except (Http404, HttpError) as refusal:
                return api.on_exception(request, refusal)
            with acting(keys.actor(request)):
                return _stamped(request, run(request, **values))

        return checked

    return guarded


def _check(request: HttpRequest) -> None:
    if registry.is_off(slug_of(request.path)):
        raise Http404
    if request.method not in SAFE and settings.SESSION_COOKIE_NAME in request.COOKIES:
        reason = CsrfCheck(lambda _: HttpResponse()).process_view(request, _needs_csrf, (), {})
        if reason:
            raise HttpError(403, _("This call is missing its CSRF token."))


def _stamped(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    left: Quota | None = getattr(request, "api_quota", None)
    if left is not None:
        left.stamp(response)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def slug_of(path: str) -> str:
    """Return the module of an API path: "/api/v1/complaints/reports" is of "complaints"."""
    return path.removeprefix(reverse("api:api-root")).partition("/")[0]


def _needs_csrf() -> HttpResponse:
    """Stand in for the view: unlike django-ninja's, it is not exempt."""
    return HttpResponse()
