"""Decorators that close officers' and admins' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from balai.accounts.roles import CONSOLE
from balai.modules.gate import sign_in_first

View = Callable[..., HttpResponseBase]


def desk_required(perm: str) -> Callable[[View], View]:
    """Let in who has ``perm`` ("complaints.access_desk"); others sign in or get a 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not request.user.has_perm(perm):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def console_required(view: View) -> View:
    """Let in the region's admins only."""
    return desk_required(CONSOLE)(view)
