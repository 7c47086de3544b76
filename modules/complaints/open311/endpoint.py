"""What every address passes: method, jurisdiction, rate, and errors in the format asked for."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from balai import context
from balai.api import keys
from balai.api.throttle import RegionThrottle
from balai.audit.actor import acting
from modules.complaints.open311 import errors
from modules.complaints.open311.errors import Problem
from modules.complaints.open311.rendering import JSON, XML

Work = Callable[..., HttpResponse]

UNREADABLE: Final = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)


def endpoint(**methods: Work) -> Work:
    """Return a view that calls ``methods[request.method]`` with request, form and the path's parts.

    Cookies mean nothing here: it is exempt from CSRF, and nobody asks who is signed in.
    """

    @csrf_exempt
    def view(request: HttpRequest, form: str = XML, **parts: Any) -> HttpResponse:
        with acting(keys.actor(request)):
            response = _answered(request, form, methods, parts)
        response["Access-Control-Allow-Origin"] = "*"
        quota = getattr(request, "api_quota", None)
        if quota is not None:
            quota.stamp(response)
        return response

    return view


def _answered(
    request: HttpRequest, form: str, methods: Mapping[str, Work], parts: Mapping[str, Any]
) -> HttpResponse:
    method = "GET" if request.method == "HEAD" else str(request.method)
    try:
        if method not in methods:
            raise Problem(405, _("This address does not know %(method)s.") % {"method": method})
        _require_calm(request)
        _require_jurisdiction(request)
        return methods[method](request, form, **parts)
    except Problem as problem:
        response = errors.answer(form, problem)
    except ValidationError as error:
        response = errors.answer(form, errors.bad(*error.messages))
    except UNREADABLE:
        response = errors.answer(form, errors.bad(_("The request cannot be read.")))
    if response.status_code == 405:
        response["Allow"] = ", ".join(sorted({*methods, *({"HEAD"} if "GET" in methods else ())}))
    return response


def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer 404 for every other address below /open311/v2/, in a format it can be read in."""
    form = JSON if rest.endswith(".json") else XML
    return errors.answer(form, errors.missing(_("There is nothing here. Append .xml or .json.")))


def cleaned(values: Mapping[str, Any]) -> dict[str, str]:
    """Return parameters as a client meant them: an empty one is as one that was not sent."""
    plain = {name: str(value).replace("\0", "").strip() for name, value in values.items()}
    return {name: value for name, value in plain.items() if value}


def _require_calm(request: HttpRequest) -> None:
    """Limit reading by address; who sends has a key with a limit of its own."""
    throttle = RegionThrottle()
    if request.method != "POST" and not throttle.allow_request(request):
        raise Problem(429, _("Too many calls. Please wait a minute."))


def _require_jurisdiction(request: HttpRequest) -> None:
    """Take no jurisdiction, or this region by its code, its short name or its address."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = cleaned(given).get("jurisdiction_id", "").lower()
    region = context.current_region()
    host = region.host.partition(":")[0]
    known = {region.code, region.slug, region.host, host, request.get_host().lower()}
    if wanted and wanted not in known:
        raise errors.missing(_("The jurisdiction_id was not found."))
