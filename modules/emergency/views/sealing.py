"""Sealed incidents: ask to read one, grant it to another person, end it before its time."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.emergency import topics
from modules.emergency.models import SealAccess
from modules.emergency.selectors import reach, sealing as selector
from modules.emergency.services import sealing
from modules.emergency.workflow import SUPERVISE, NotAllowed

SEE = "emergency.see_board"


class ReasonForm(forms.Form):
    """Why somebody needs to read it."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you need to read it?"), max_length=255,
        help_text=gettext_lazy("It is stored in the log. Write no names and no telephone numbers."),
        error_messages={"required": gettext_lazy("Say why you need to read it.")},
    )  # fmt: skip


@never_cache
@require_safe
@desk_required(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show who waits, and who is let in for how long."""
    return render(request, "emergency/seals.html", _lists(request))


@never_cache
@require_safe
@desk_required(SEE)
def rows(request: HttpRequest) -> HttpResponse:
    """Show the lists again."""
    return render(request, "emergency/parts/seal_lists.html", _lists(request))


@never_cache
@require_safe
@desk_required(SEE)
def badge(request: HttpRequest) -> HttpResponse:
    """Show how many wishes this person can decide."""
    return render(request, "emergency/parts/seal_count.html", count(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(SEE)
def ask(request: HttpRequest, incident: uuid.UUID) -> HttpResponseBase:
    """Ask to read a sealed incident, with a reason."""
    user: Any = request.user
    here = reach.incidents(user).filter(uuid=incident, sealed=True)
    found = here.select_related("category").first()
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sealing.ask(incident=found, by=user, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Asked. A supervisor decides; this page tells you."))
        return redirect("emergency_desk:seals")
    page = {"form": form, "incident": selector.redacted(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "emergency/seal_ask.html", page, status=status)


@require_POST
@desk_required(SEE)
def decide(request: HttpRequest, incident: uuid.UUID, person: uuid.UUID) -> HttpResponseBase:
    """Grant, refuse or end: ``do`` says which."""
    user: Any = request.user
    found = SealAccess.objects.filter(incident__uuid=incident, user__uuid=person)
    wanted = request.POST.get("do")
    try:
        if wanted == "revoke":
            sealing.revoke(access=_one(found.filter(pk__in=selector.live())), by=user)
            messages.success(request, _("Closed again."))
        else:
            if not user.has_perm(SUPERVISE):
                raise PermissionDenied
            wish = _one(found.filter(granted=None))
            sealing.decide(wish=wish, granted=wanted == "grant", by=user)
            said = _("Open for 60 minutes.") if wanted == "grant" else _("Not granted.")
            messages.success(request, said)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("emergency_desk:seals")


def count(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of the badge; nothing for who does not decide."""
    user: Any = request.user
    waiting = selector.waiting().exclude(user=user).count() if user.has_perm(SUPERVISE) else 0
    return {"waiting_seals": waiting, "seal_topic": topics.SEAL}


def _lists(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    supervises = user.has_perm(SUPERVISE)
    waiting, live = selector.waiting(), selector.open_now()
    if not supervises:
        waiting, live = waiting.filter(user=user), live.filter(user=user)
    return {
        "waiting": [(wish, selector.redacted(wish.incident)) for wish in waiting],
        "live": [(access, selector.redacted(access.incident)) for access in live],
        "supervises": supervises,
        "seal_topic": topics.SEAL,
    }


def _one(found: Any) -> SealAccess:
    row: SealAccess | None = found.order_by("-asked_at").first()
    if row is None:
        raise Http404
    return row
