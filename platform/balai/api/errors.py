"""Every error of the API in one shape: {code, message, fields}."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError as InvalidModel
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

Fields = Mapping[str, Sequence[str]]


def install(api: NinjaAPI) -> None:
    """Make ``api`` answer errors in our shape."""

    def answer(
        request: HttpRequest, status: int, message: str, fields: Fields | None = None
    ) -> HttpResponse:
        code = HTTPStatus(status).phrase.lower().replace(" ", "_")
        problem = {"code": code, "message": message, "fields": fields or {}}
        return api.create_response(request, problem, status=status)

    def missing(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(request, 404, _("There is nothing here."))

    def denied(request: HttpRequest, _error: Any) -> HttpResponse:
        return answer(request, 403, _("You may not do this."))

    def invalid(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, 422, _("Some values cannot be used."), by_field(error.errors))

    def broken(request: HttpRequest, error: Any) -> HttpResponse:
        fields = getattr(error, "message_dict", {"": error.messages})
        return answer(request, 422, _("Some values cannot be used."), fields)

    def other(request: HttpRequest, error: Any) -> HttpResponse:
        return answer(request, error.status_code, error.message)

    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(PermissionDenied, denied)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(InvalidModel, broken)
    api.add_exception_handler(HttpError, other)


def by_field(errors: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return pydantic's errors by the path of the value, "body.photos.0"."""
    fields: dict[str, list[str]] = {}
    for error in errors:
        fields.setdefault(".".join(str(part) for part in error["loc"]), []).append(error["msg"])
    return fields
