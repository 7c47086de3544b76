"""One incident: what is known, what happened, and what can be done with it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from modules.emergency import workflow
from modules.emergency.actions import Action, offered
from modules.emergency.models import Incident
from modules.emergency.scene import Scene
from modules.emergency.selectors import board, case, reach
from modules.emergency.services import numbers, sealing
from modules.emergency.services.editing import Conflict
from modules.emergency.views import incident_page

ASKED = ("unit", "step", "row", "number")
"""What an address may say about the form it opens: no word of a person."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(reach.SEE)
def detail(request: HttpRequest, incident: UUID) -> HttpResponseBase:
    """Show an incident; ``?do=`` opens a button's form, POST carries it out."""
    scene, shown = _open(request, incident)
    wanted = request.POST.get("do") or request.GET.get("do", "")
    if request.method == "POST" and wanted == "number":
        return _number(request, scene, shown)
    action = next((item for item in offered(scene) if item.name == wanted), None)
    if request.method == "POST":
        return _act(request, scene, shown, action)
    form = None
    if action and action.form:
        asked = {name: request.GET[name] for name in ASKED if name in request.GET}
        form = action.form(scene=scene, initial=asked)
    return _page(request, scene, shown, action, form)


@never_cache
@require_safe
@desk_required(reach.SEE)
def panel(request: HttpRequest, incident: UUID) -> HttpResponse:
    """Return the part that changes by itself, for the live page."""
    scene, shown = _open(request, incident)
    page = incident_page.panel(request, scene, shown)
    return render(request, "emergency/parts/incident_panel.html", page)


def _open(request: HttpRequest, reference: UUID) -> tuple[Scene, Incident]:
    """Return the scene and what may be shown; reading a sealed incident is audited here."""
    user: Any = request.user
    found = board.find(user, reference)
    if found is None:
        raise Http404
    shown = sealing.read(incident=found, by=user)
    came, went = case.transfers(found)
    return Scene(found, user, shown is found, came, went), shown


def _act(
    request: HttpRequest, scene: Scene, shown: Incident, action: Action | None
) -> HttpResponseBase:
    here = redirect("emergency_desk:incident", scene.incident.uuid)
    if action is None:
        messages.error(request, str(workflow.MOVED_ON))
        return here
    form = action.form(request.POST, scene=scene) if action.form else None
    if form is not None and not form.is_valid():
        return _page(request, scene, shown, action, form, status=422)
    if action.name == "merge" and form is not None and "sure" not in request.POST:
        return _ask_to_merge(request, scene, shown, form)
    try:
        said = action.run(scene, form)
    except Conflict as conflict:
        form.show_theirs(conflict)  # type: ignore[union-attr]  # only the facts' form conflicts
        return _page(request, scene, shown, action, form, status=409)
    except workflow.NotAllowed as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return here
        form.add_error(None, str(refusal))
        return _page(request, scene, shown, action, form, status=409)
    messages.success(request, str(said))
    return here


def _ask_to_merge(
    request: HttpRequest, scene: Scene, shown: Incident, form: forms.Form
) -> HttpResponse:
    into: Incident = form.cleaned_data["into"]
    numbers_ = {"number": scene.incident.number, "into": into.number}
    page = {
        "question": _("Merge %(number)s into %(into)s?") % numbers_,
        "stops": _("%(number)s leaves the board. Its calls and units go to %(into)s.") % numbers_,
        "stays": _(
            "Both records. It is not undone: if they were two, take the call anew as its own."
        ),
        "yes": _("Merge"), "no": _("Back"), "danger": True,
        "back": f"{request.path}?do=merge",
        "hidden": {"do": "merge", "into": into.uuid, "sure": "1"},
        "confirm_base": "balai/desk.html",
    }  # fmt: skip
    return render(request, "balai/confirm.html", page)


def _number(request: HttpRequest, scene: Scene, shown: Incident) -> HttpResponse:
    """Show a caller's number to ring back; who reads it is written down."""
    if not scene.visible:
        raise PermissionDenied
    row = request.POST.get("row", "")
    found = dict(enumerate(case.calls(scene.incident), start=1))
    call = found.get(int(row)) if row.isdecimal() else None
    if call is None:
        raise Http404
    digits = numbers.read(call=call, by=scene.user)
    ring = f"+{digits}" if digits else ""
    return _page(request, scene, shown, None, None, ring=ring, rung=True)


def _page(
    request: HttpRequest,
    scene: Scene,
    shown: Incident,
    action: Action | None,
    form: forms.Form | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    page = {
        **incident_page.panel(request, scene, shown),
        "live_topics": " ".join(incident_page.TOPICS),
        "action": action if form is not None else None,
        "form": form,
        **more,
    }
    return render(request, "emergency/incident.html", page, status=status)
