"""Error pages in the city's own face: what happened, the way on, and 112. None asks the database."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.ui.site import BareSite


@dataclass(frozen=True, slots=True)
class Words:
    """What an error page says: what is so, what one may do, and a picture."""

    title: str | Promise
    text: str | Promise
    icon: str


WORDS = {
    400: Words(_("We could not read that"), _("Part of what your browser sent is missing or damaged. Go back and try once more."), "file-question-mark"),
    403: Words(_("This page is not for you"), _("Your account may not open it. Sign in with another account, or ask the region's admin."), "lock"),
    404: Words(_("This page is not here"), _("The address may be mistyped, or the service is switched off. Search, or start again from the home page."), "map-pin-off"),
    405: Words(_("That does not work this way"), _("Open the page from its menu or button instead."), "signpost"),
    413: Words(_("Too large to send"), _("Send fewer or smaller photos. What you wrote is still in the form when you go back."), "image-down"),
    429: Words(_("Too many tries"), _("Wait a minute, then try once more."), "timer"),
    500: Words(_("Something broke on our side"), _("It was not your fault, and it has been recorded. What you sent before is safe. Please try again in a moment."), "wrench"),
    503: Words(_("Very busy just now"), _("Please try again in a moment. Reports and 112 go first."), "hourglass"),
}  # fmt: skip


def page(request: HttpRequest, status: int, *, text: str | Promise = "") -> HttpResponse:
    """Return the error page for ``status``; ``text`` replaces its explanation.

    Requests by htmx and for JSON get one line instead of a page.
    """
    words = WORDS.get(status, WORDS[500])
    if _wants_line(request):
        return HttpResponse(
            str(words.title), status=status, content_type="text/plain; charset=utf-8"
        )
    context = {"ui": BareSite(request), "words": words, "text": text or words.text, "status": status,
               "phrase": HTTPStatus(status).phrase, "request": request}  # fmt: skip
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


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503, when load is shed."""
    response = page(request, 503)
    response["Retry-After"] = "5"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Must work when everything else fails: no database, no cache, no session."""
    return page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was open too long, or whose cookie is blocked."""
    return page(
        request, 403, text=_("The form was open too long. Go back, load the page again and send once more.")
    )  # fmt: skip


def _wants_line(request: HttpRequest) -> bool:
    return (
        bool(request.headers.get("HX-Request"))
        or request.headers.get("Accept", "") == "application/json"
    )
