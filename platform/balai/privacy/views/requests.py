"""Ask for a correction, a restriction, the deletion; see what became of it; take it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.privacy import law, subjects
from balai.privacy.forms import CorrectionForm, RestrictionForm
from balai.privacy.models import DataRequest
from balai.privacy.person import Person
from balai.privacy.services import deletion, requests
from balai.privacy.states import State
from balai.privacy.visitor import subject_required


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@subject_required(fresh=True)
def correct(request: HttpRequest, person: Person) -> HttpResponse:
    """Say what is wrong; what is one's own to change is linked at the top."""
    form = CorrectionForm(request.POST or None)
    return _ask(request, person, law.Kind.CORRECTION, form, places=subjects.places(person))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@subject_required(fresh=True)
def restrict(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask that processing rests."""
    return _ask(request, person, law.Kind.RESTRICTION, RestrictionForm(request.POST or None))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@subject_required(fresh=True)
def delete(request: HttpRequest, person: Person) -> HttpResponse:
    """Tell what goes and what stays, ask, then start the 72 hours."""
    if request.method == "POST":
        try:
            row = deletion.ask(person=person)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("privacy:index")
        return _recorded(request, row)
    return render(request, "privacy/delete.html", {"person": person})


@never_cache
@require_safe
@subject_required()
def detail(request: HttpRequest, person: Person, request_id: UUID) -> HttpResponse:
    """Show one request: state, deadline, answer, receipt."""
    row = _own(person, request_id)
    shown = {
        "row": row,
        "status": row.status(timezone.now()),
        "may_lift": row.kind == law.Kind.RESTRICTION
        and row.state == State.DONE
        and row.lifted_at is None,
    }
    return render(request, "privacy/request.html", shown)


@require_POST
@subject_required()
def take_back(request: HttpRequest, person: Person, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    row = _own(person, request_id)
    try:
        requests.take_back(request=row, person=person)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Taken back. Nothing was changed."))
    return redirect("privacy:request", row.uuid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@subject_required()
def lift(request: HttpRequest, person: Person, request_id: UUID) -> HttpResponse:
    """Ask, then end a restriction."""
    row = _own(person, request_id)
    if request.method == "POST":
        try:
            requests.lift(request=row, person=person)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("Your data are processed as before."))
        return redirect("privacy:request", row.uuid)
    shown = {
        "question": _("End the restriction?"),
        "stops": _("The restriction. News that you asked for is sent again."),
        "yes": _("End it"), "no": _("Back"), "back": reverse("privacy:request", args=[row.uuid]),
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)


def _ask(
    request: HttpRequest, person: Person, kind: law.Kind, form: Form, **more: Any
) -> HttpResponse:
    """Show the form of a kind of request; record it when it is filled in."""
    if form.is_valid():
        row = requests.receive(person=person, kind=kind, words=form.cleaned_data)
        return _recorded(request, row)
    shown = {"form": form, "kind": kind.value, **more}
    return render(request, "privacy/ask.html", shown, status=422 if form.is_bound else 200)


def _own(person: Person, request_id: UUID) -> DataRequest:
    row: DataRequest | None = requests.of(person).filter(uuid=request_id).first()
    if row is None:
        raise Http404
    return row


def _recorded(request: HttpRequest, row: DataRequest) -> HttpResponse:
    messages.success(request, _("Your request is recorded as %(number)s.") % {"number": row.number})
    return redirect("privacy:request", row.uuid)
