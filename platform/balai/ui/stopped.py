"""The page of what a region's state has stopped: why, what still works, where to go."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.endpoints.classes import Endpoint
from balai.modules.manifest import type_str
from balai.ui.error_words import Words
from balai.ui.site import BareSite

PUBLISH: Final = _(
    "News, vacancies, prices and new apps cannot be published because a bill of this site is long"
    " overdue. What is published stays readable; it can be corrected and taken down."
)
STAYS: Final = _(
    "112, reports and their handling, alerts, following a report and the export of data go on."
)
NO_NEW: Final = _(
    "This site is closing and takes nothing new. What was sent is still being handled"
    " and can be followed to the end."
)
WORDS: Final[Mapping[int, Words]] = {
    402: Words(_("Publishing is stopped"), PUBLISH, "circle-pause"),
    409: Words(_("This site can only be read"), NO_NEW, "lock"),
    410: Words(_("This is no longer taken here"), NO_NEW, "archive"),
}
OFFICERS: Final[Mapping[int, str | Promise]] = {
    402: _("An admin of the region sees in the console, under “Life of the site”, what is owed."),
    409: _("An admin of the region can take the closing back in the console."),
}


def page(request: HttpRequest, *, state: str, endpoint: Endpoint, status: int) -> HttpResponse:
    """Return the refusal: a page, one line for htmx, {code, message, fields} for programs."""
    words = WORDS[status]
    if _is_program(request, endpoint):
        return problem(state, words.text, status)
    if request.headers.get("HX-Request"):
        line = str(words.title)
        return HttpResponse(line, status=status, content_type="text/plain; charset=utf-8")
    shown = {
        "ui": BareSite(request),
        "words": words,
        "stays": STAYS if status == HTTPStatus.PAYMENT_REQUIRED else "",
        "officers": OFFICERS.get(status, ""),
        "status": status,
        "phrase": HTTPStatus(status).phrase,
        "request": request,
    }
    return HttpResponse(render_to_string("balai/stopped.html", shown), status=status)


def problem(state: str, message: type_str, status: int) -> JsonResponse:
    """Return the refusal for programs, in the form of all the API's errors."""
    told = {"code": f"region_{state}", "message": str(message), "fields": {}}
    return JsonResponse(told, status=status)


def _is_program(request: HttpRequest, endpoint: Endpoint) -> bool:
    accepts = request.headers.get("Accept", "")
    api = endpoint in {Endpoint.API_READ, Endpoint.API_WRITE} or request.path.startswith("/api/")
    return api or accepts == "application/json"
