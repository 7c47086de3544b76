"""Error pages in the city's own face: what happened, the way on, 112. None asks the database."""

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai import away
from balai.ui.error_words import WORDS
from balai.ui.site import BareSite


def page(request: HttpRequest, status: int, *, text: str | Promise = "") -> HttpResponse:
    """Return the error page for ``status``; ``text`` replaces its explanation.

    Requests by htmx and for JSON get one line instead of a page.
    """
    words = WORDS.get(status, WORDS[500])
    if _wants_line(request):
        return HttpResponse(
            str(words.title), status=status, content_type="text/plain; charset=utf-8"
        )
    context = {
        "ui": BareSite(request),
        "words": words,
        "text": text or words.text,
        "status": status,
        "phrase": HTTPStatus(status).phrase,
        "request": request,
    }
    return HttpResponse(render_to_string("balai/error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; an upload over the limit is told as 413, which is what it is."""
    from django.core.exceptions import RequestDataTooBig

    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; never tells what was looked for or which modules exist."""
    return page(request, 404)


def method_not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """405."""
    return page(request, 405)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413."""
    return page(request, 413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429; allauth and our own limits call it."""
    response = page(request, 429)
    response["Retry-After"] = "60"
    return response


def unavailable(
    request: HttpRequest, exception: Exception | None = None, *, seconds: int = 5,
    text: str | Promise = "",
) -> HttpResponse:  # fmt: skip
    """503, when load is shed or the region's data are away; ``seconds`` until another try."""
    response = page(request, 503, text=text)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Must work when everything else fails: no database, no cache, no session.

    What passes by itself is told as that: 503 while the region's data are away.
    """
    reason = away.why(sys.exception())
    if reason is None:
        return page(request, 500)
    return unavailable(request, seconds=reason.retry_after, text=reason.text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or whose cookie is blocked."""
    told = _("The form was open too long. Go back, load the page again and send once more.")
    return page(request, 403, text=told)


def _wants_line(request: HttpRequest) -> bool:
    return (
        bool(request.headers.get("HX-Request"))
        or request.headers.get("Accept", "") == "application/json"
    )
