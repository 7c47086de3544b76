"""What the operations of reports share: the router, refusals, and "sent twice counts once"."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from ninja import Router

from balai.api import KeyIfGiven
from balai.api.idempotency import idempotent
from balai.api.schemas import Problem

View = Callable[..., HttpResponseBase]
JSON, FILES = "application/json", "multipart/form-data"

router = Router(tags=["reports"])
ERRORS: Final = {code: Problem for code in (400, 401, 403, 404, 409, 415, 422, 429)}
ANYBODY: Final = KeyIfGiven("complaints:read")
SENDER: Final = KeyIfGiven("complaints:report")


def once(scope: str, content_type: str = JSON) -> Callable[[View], View]:
    """Take one content type only, before anything reads the body; answer a repetition the same."""

    def decorate(view: View) -> View:
        answer = idempotent(scope)(view)

        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.content_type != content_type:
                words = _("Send JSON.") if content_type == JSON else _("Send a form with files.")
                problem = Problem(code="unsupported_media_type", message=words)
                return JsonResponse(problem.model_dump(), status=415)
            return answer(request, *args, **kwargs)

        return checked

    return decorate


def clean(value: Any) -> Any:
    """Return a text without NUL, which PostgreSQL cannot store."""
    return value.replace("\0", "") if isinstance(value, str) else value
