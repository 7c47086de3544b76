"""One's own call: a page by an unguessable address, without a login, without anybody's name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.api.idempotency import idempotent
from modules.emergency import limits, tokens
from modules.emergency.citizen_forms import SayForm
from modules.emergency.crew_forms import PositionForm
from modules.emergency.selectors import calling
from modules.emergency.services import panic


@never_cache
@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show how the call stands."""
    return render(request, "emergency/call_own.html", _shown(token) | {"form": SayForm()})


@never_cache
@require_safe
def state(request: HttpRequest, token: str) -> HttpResponse:
    """Return the part that changes; the open page asks for it every few seconds."""
    return render(request, "emergency/parts/call_state.html", _shown(token))


@never_cache
@require_POST
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Send a kept press. The answer comes after the commit, and only then says "received"."""
    call = panic.send(key=_key(token))
    if call is None:
        return JsonResponse({"code": "unknown"}, status=409)
    return JsonResponse({"received": call.incident_id is not None})


@never_cache
@require_POST
def cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Take it back. In time nothing reaches the board; later the centre is told and decides."""
    in_time = panic.cancel(key=_key(token))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"cancelled": in_time})
    if not in_time:
        messages.success(request, _("The centre reads that you need no help any more."))
    return redirect("emergency:call", token)


@never_cache
@require_POST
@idempotent("emergency.call_say")
def say(request: HttpRequest, token: str) -> HttpResponseBase:
    """Add a word to the record."""
    key, form = _key(token), SayForm(request.POST)
    if limits.over("say", key.hex):
        form.add_error(None, _("Many messages came at once. Wait a little, or call 112."))
    call = calling.by_key(key)
    if not form.is_valid():
        return render(
            request, "emergency/call_own.html", _shown(token) | {"form": form}, status=422
        )
    if call is None or not panic.say(call=call, text=form.cleaned_data["text"]):
        messages.error(request, _("This call has ended. If you need help, call 112."))
    else:
        messages.success(request, _("Your words are in the centre's record."))
    return redirect("emergency:call", token)


@never_cache
@require_POST
def move(request: HttpRequest, token: str) -> HttpResponse:
    """Store where the caller is; 410 tells the phone to stop: nobody waits for it any more."""
    form = PositionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    wanted = panic.move(key=_key(token), pin=form.pin(), accuracy=form.metres())
    return HttpResponse(status=204 if wanted else 410)


def _shown(token: str) -> dict[str, object]:
    key = _key(token)
    standing = calling.standing(key)
    if standing is None:
        raise Http404
    return {"token": token, "standing": standing, "course": calling.course(key)}


def _key(token: str) -> UUID:
    try:
        return tokens.read(token)
    except tokens.BadSignature as error:
        raise Http404 from error
