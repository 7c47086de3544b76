"""Send a report, with a key: at once its number, never a token."""

import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from balai.api import keys
from balai.api.fingerprint import FORMS
from balai.api.idempotency import idempotent
from balai.api.models import ApiKey
from balai.ui import formats
from modules.complaints.open311 import errors, telling
from modules.complaints.open311.endpoint import cleaned
from modules.complaints.open311.errors import Problem
from modules.complaints.open311.rendering import respond
from modules.complaints.services import Receipt, intake, remote_photos

SCOPE: Final = "complaints:report"


def create(request: HttpRequest, form: str) -> HttpResponse:
    """Store a report of another program. A repetition with one Idempotency-Key counts once."""
    if request.content_type not in FORMS:
        raise errors.bad(_("Send a form: application/x-www-form-urlencoded."))
    key = _key(request)
    response = _create(request, form, key)
    return _translated(form, response)


@idempotent("complaints.open311")
def _create(request: HttpRequest, form: str, key: ApiKey) -> HttpResponse:
    try:
        draft = telling.draft(cleaned(request.POST.dict()), key)
        urls = telling.media(request.POST.getlist("media_url"))
    except Problem as problem:
        return errors.answer(form, problem)
    # What the client library "three" does with a photo: a file beside the fields.
    receipt = intake.report(draft=draft, photos=request.FILES.getlist("media"))
    remote_photos.fetch_later(complaint=receipt.complaint, urls=urls)
    row = {
        "service_request_id": receipt.complaint.number,
        "service_notice": _notice(receipt),
        "account_id": None,
    }
    return respond(form, "service_requests", [row], status=HTTPStatus.CREATED)


def _key(request: HttpRequest) -> ApiKey:
    """Return the key of the field ``api_key``, or of a header. Any that is no good is a 403."""
    token = cleaned(request.POST.dict()).get("api_key", "") or keys.token_of(request)
    if not token:
        raise Problem(HTTPStatus.FORBIDDEN, _("Missing api_key: sending needs one."))
    try:
        return keys.admit(request, token, SCOPE)
    except keys.Refused as refusal:
        limited = refusal.status == HTTPStatus.TOO_MANY_REQUESTS
        status = refusal.status if limited else HTTPStatus.FORBIDDEN
        raise Problem(status, refusal.reason) from refusal


def _notice(receipt: Receipt) -> str:
    due = receipt.complaint.due_at
    told = [_("The report was received.")]
    if due:
        told.append(_("It is checked by %(day)s.") % {"day": formats.long_date(due)})
    return " ".join([*told, *receipt.photo_problems])


def _translated(form: str, response: HttpResponseBase) -> HttpResponse:
    """Return the answer; a refusal over an Idempotency-Key in the shape of this standard."""
    if not isinstance(response, HttpResponse):
        raise TypeError("a report is not answered by a stream")
    told: Any = None
    if response.status_code >= 400 and response["Content-Type"] == "application/json":
        told = json.loads(response.content)
    if not isinstance(told, dict):
        return response
    return errors.answer(form, Problem(response.status_code, told["message"]))
