"""Pages that a phone keeps: the same for everybody, in the language their address names.

They are fetched without cookies, so the usual choice of language cannot be read from one.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

PARAMETER: Final = "language"
NOBODY: Final = {"csrf_token": ""}
"""Context of a kept page: no token, for it would be somebody else's when the page is opened."""
View = Callable[..., HttpResponse]


def kept_page(view: View) -> View:
    """Make a view one that a service worker may keep: nobody is signed in while it is drawn."""

    @require_GET
    @cache_control(max_age=3600)
    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user = AnonymousUser()
        request.kept_for_everybody = True  # type: ignore[attr-defined]  # read by ``ui.person``
        named = request.GET.get(PARAMETER, "")
        if named not in dict(settings.LANGUAGES):
            return view(request, *args, **kwargs)
        with translation.override(named):
            return view(request, *args, **kwargs)

    return drawn


def address(url_name: str) -> str:
    """Return the address under which a page is kept, in the language of now."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    plain = reverse(url_name)
    return plain if language == settings.LANGUAGE_CODE else f"{plain}?{PARAMETER}={language}"
