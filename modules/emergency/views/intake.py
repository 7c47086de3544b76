"""The call taker's screen: answer, close noise with one key, send an emergency to the board.

Everything here works without the cache, the broker, workers and mail, and without JavaScript.
"""

import base64
import uuid
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.emergency import conf, scripts, topics
from modules.emergency.forms import CallForm, answered_at, noise, pin_of
from modules.emergency.models import Call
from modules.emergency.selectors import calls, drafts
from modules.emergency.services import drafting
from modules.emergency.services.intake import Told, take
from modules.emergency.services.reopening import WITHIN, reopen
from modules.emergency.states import KEYS, NOISE, CallType
from modules.emergency.views import hints, sealing
from modules.emergency.views.calls import row_of
from modules.emergency.workflow import SUPERVISE, NotAllowed

TAKE: Final = "emergency.take"
UNDO: Final = "emergency_noise_undo"
SHIFT_HOURS: Final = 12
# What the browser adds, and what is no part of what was heard.
NOT_TOLD: Final = frozenset({"csrfmiddlewaretoken", "kind", "do", "answered", "typed"})


@never_cache
@require_safe
@desk_required(TAKE)
def start(request: HttpRequest) -> HttpResponse:
    """Show the screen between two calls: answer, unfinished forms, the shift's last calls."""
    user: Any = request.user
    page = {
        "unfinished": drafts.of(user),
        "of_others": drafts.count_of_others(user) if user.has_perm(SUPERVISE) else 0,
        "undo": _undo(request),
        **_latest(request),
        **sealing.count(request),
    }
    return render(request, "emergency/intake.html", page)


@never_cache
@require_safe
@desk_required(TAKE)
def latest(request: HttpRequest) -> HttpResponse:
    """Show the last calls again; their incidents have moved on."""
    return render(request, "emergency/parts/latest_calls.html", _latest(request))


@require_POST
@desk_required(TAKE)
def answer(request: HttpRequest) -> HttpResponseBase:
    """Answer a call: its form is kept from now on."""
    user: Any = request.user
    request.session.pop(UNDO, None)
    return redirect("emergency_desk:call-form", drafting.begin(taker=user).key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(TAKE)
def call_form(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Show a call's form; POST closes noise or sends the emergency, once for a key."""
    user: Any = request.user
    if drafts.held_by_another(key, user) or calls.key_of_another(key, user):
        raise Http404
    stored = calls.by_key(key, user)
    if stored is not None:
        return _done(request, stored)
    draft = drafts.one(key, user)
    if request.method != "POST":
        if draft is None:
            raise Http404
        kept = {**draft.values, "pin": pin_of(draft.values)}
        form = CallForm(initial=kept, categories=calls.categories(), taker=user)
        return _form(request, key, form, draft.values, draft.begun_at)
    began = draft.begun_at if draft else answered_at(request.POST)
    return _send(request, key, began)


@require_POST
@desk_required(TAKE)
def keep(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Store what the form holds so far: 204, or 410 when it was sent or thrown away."""
    user: Any = request.user
    kept = drafting.keep(key=key, taker=user, values=_typed(request))
    return HttpResponse(status=204 if kept else 410)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(TAKE)
def discard(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Ask before a form is thrown away; one in which nothing stands goes at once."""
    user: Any = request.user
    draft = drafts.one(key, user)
    if draft is None:
        raise Http404
    if request.method == "POST":
        drafting.discard(key=key, taker=user)
        messages.success(request, _("The form is thrown away."))
        return redirect("emergency_desk:intake")
    page = {
        "confirm_base": "balai/desk.html",
        "question": _("Throw this form away?"),
        "stops": _("What was typed cannot be brought back, and no call is counted."),
        "stays": _("The log says that a call was answered and its form thrown away."),
        "yes": _("Throw away"),
        "no": _("Keep the form"),
        "back": reverse("emergency_desk:call-form", args=[key]),
        "danger": True,
    }
    return render(request, "balai/confirm.html", page)


@require_POST
@desk_required(TAKE)
def undo(request: HttpRequest) -> HttpResponseBase:
    """Make the noise call that was closed last a form again."""
    user: Any = request.user
    kept = request.session.pop(UNDO, None)
    call = calls.by_key(uuid.UUID(kept["key"]), user) if kept else None
    try:
        if call is None:
            raise NotAllowed(_("There is nothing to take back."))
        draft = reopen(call=call, by=user, sealed=base64.b64decode(kept["sealed"]))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("emergency_desk:intake")
    return redirect("emergency_desk:call-form", draft.key)


def _send(request: HttpRequest, key: uuid.UUID, began: datetime) -> HttpResponseBase:
    user: Any = request.user
    kind = request.POST.get("kind", "")
    if kind in NOISE:
        told = noise(request.POST, kind=kind, key=key, answered_at=began)
        # Before the call is stored: it needs the form as it was typed.
        request.session[UNDO] = {
            "key": str(key),
            "sealed": base64.b64encode(drafting.sealed(_typed(request))).decode(),
        }
        return _taken(request, told)
    form = CallForm(request.POST, categories=calls.categories(), taker=user)
    if kind != CallType.NORMAL:  # without JavaScript: show questions and duplicates
        status = 200 if request.POST.get("do") == "ask" else 422
        return _form(request, key, form, _typed(request), began, asked=True, status=status)
    if not form.is_valid():
        return _form(request, key, form, _typed(request), began, status=422)
    return _taken(request, form.told(key=key, answered_at=began))


def _taken(request: HttpRequest, told: Told) -> HttpResponseBase:
    """Store the call; what is answered after this line is committed."""
    user: Any = request.user
    call = take(told=told, taker=user)
    if call.taker_id != user.pk:
        raise Http404
    return _done(request, call)


def _done(request: HttpRequest, call: Call) -> HttpResponseBase:
    """Lead on: an emergency shows its number, noise the next call. A script goes there itself."""
    url = reverse("emergency_desk:intake")
    if call.kind == CallType.NORMAL:
        url = reverse("emergency_desk:call", args=[call.uuid])
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=201, headers={"Location": url})
    return redirect(url)


def _form(
    request: HttpRequest,
    key: uuid.UUID,
    form: CallForm,
    typed: dict[str, str],
    began: datetime,
    *,
    status: int = 200,
    asked: bool = False,
) -> HttpResponse:
    chosen = typed.get("category", "")
    page = {
        "form": form,
        "key": key,
        "began": began,
        "now": timezone.now(),
        "typed": typed,
        "asked": asked,
        "noise": [(kind, CallType(kind).label, digit) for kind, digit in KEYS.items()],
        "scripts": [
            (category, scripts.questions(category, typed)) for category in form.offered.values()
        ],
        "chosen": chosen,
        "classify_seconds": conf.current().classify_seconds,
        **hints.panel(request, typed),
    }
    return render(request, "emergency/call_form.html", page, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    """Return the form's fields that hold something, as they were typed."""
    return {
        name: str(value)
        for name, value in request.POST.items()
        if value and name not in NOT_TOLD
    }  # fmt: skip


def _undo(request: HttpRequest) -> Call | None:
    """Return the noise call that can still be taken back."""
    kept = request.session.get(UNDO)
    user: Any = request.user
    call = calls.by_key(uuid.UUID(kept["key"]), user) if kept else None
    if call is None or timezone.now() - call.classified_at > WITHIN:
        return None
    return call


def _latest(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    since = timezone.now() - timedelta(hours=SHIFT_HOURS)
    rows = [row_of(call) for call in calls.latest(user, since)]
    return {"rows": rows, "topics": " ".join((*topics.BOARD, topics.NOISE))}
