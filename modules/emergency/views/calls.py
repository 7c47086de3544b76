"""The calls of a shift: a list, a search, one call, and its number in full."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.emergency import callers, scripts, topics
from modules.emergency.models import Call
from modules.emergency.selectors import calls, sealing
from modules.emergency.services import numbers, sealing as opening
from modules.emergency.states import CallType
from modules.emergency.workflow import SUPERVISE

TAKE = "emergency.take"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(TAKE)
def index(request: HttpRequest) -> HttpResponse:
    """List calls by type and page; POST searches, so that no name stands in an address."""
    user: Any = request.user
    mine = calls.own(user)
    words = request.POST.get("words", "").strip()[:100] if request.method == "POST" else ""
    kind = request.GET.get("type", "")
    kind = kind if kind in CallType.values else ""
    found = (
        calls.Page(calls.search(mine, words))
        if words
        else calls.page(mine, kind=kind, after=_uuid(request.GET.get("after")))
    )
    page = {
        "rows": [row_of(call) for call in found.rows],
        "older": found.older,
        "words": words,
        "kind": kind,
        "kinds": CallType.choices,
        "first": not request.GET.get("after"),
        "everybody": user.has_perm(SUPERVISE),
    }
    return render(request, "emergency/calls.html", page)


@never_cache
@require_safe
@desk_required(TAKE)
def detail(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Show one call: its number on the board in large letters, what was told, who read what."""
    found = _one_or_404(request, call)
    return _detail(request, found)


@never_cache
@require_safe
@desk_required(TAKE)
def course(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Show how far the incident is, again: the caller may ask where help is."""
    return render(request, "emergency/parts/course.html", {"call": _one_or_404(request, call)})


@never_cache
@require_POST
@desk_required(numbers.SEE_CALLER)
def number(request: HttpRequest, call: uuid.UUID) -> HttpResponseBase:
    """Show the number in full, to ring back; that it was read is in the log by then."""
    user: Any = request.user
    found = _one_or_404(request, call)
    return _detail(request, found, number=numbers.read(call=found, by=user))


def row_of(call: Call) -> dict[str, Any]:
    """Return a line of a list: of what is sealed its face only, whoever looks."""
    shut = call.incident is not None and call.incident.sealed
    return {
        "call": call,
        "incident": sealing.redacted(call.incident) if call.incident else None,
        "caller": "" if shut else callers.masked(callers.read(call.caller)),
        "name": "" if shut else call.name,
        "note": "" if shut else call.note,
    }


def _detail(request: HttpRequest, call: Call, *, number: str = "") -> HttpResponse:
    user: Any = request.user
    incident = opening.read(incident=call.incident, by=user) if call.incident else None
    shut = incident is not None and incident is not call.incident
    reads = calls.number_reads(call) if user.has_perm(numbers.SEE_CALLER) else []
    page = {
        "call": call,
        "incident": incident,
        "shut": shut,
        "number": number,
        "masked": "" if shut else callers.masked(callers.read(call.caller)),
        "may_read": user.has_perm(numbers.SEE_CALLER) and not shut,
        "reads": reads,
        "answers": list(scripts.shown(incident.category, incident.answers)) if incident else [],
        "others": call.incident.calls.exclude(pk=call.pk).count() if call.incident else 0,
        "topics": " ".join(topics.BOARD),
        "phone": f"+{number}" if number.startswith("62") else number,
    }
    return render(request, "emergency/call.html", page)


def _one_or_404(request: HttpRequest, call: uuid.UUID) -> Call:
    user: Any = request.user
    found = calls.one(call, user)
    if found is None:
        raise Http404
    return found


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
