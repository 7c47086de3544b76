"""The officers' list and one officer."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balai.accounts import people
from balai.accounts.console import selectors
from balai.accounts.console.forms import FilterForm, RoleForm
from balai.accounts.guards import console_required
from balai.accounts.members import services
from balai.accounts.members.models import Membership
from balai.accounts.models import User

PER_PAGE = 25


@console_required
@require_GET
def officers(request: HttpRequest) -> HttpResponse:
    """List the officers that fit the filter, and the invitations still open."""
    form = FilterForm(request.GET)
    found = Paginator(selectors.officers(form.wanted()), PER_PAGE)
    shown = {
        "form": form,
        "page": found.get_page(request.GET.get("page")),
        "invitations": selectors.waiting_invitations()[:100],
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "accounts/console/officers.html", shown)


@console_required
@require_http_methods(["GET", "POST"])
def officer(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Show one person; give them one more role on POST."""
    person = _person(reference)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        services.grant_role(
            user=person, role=given["role"], agency=given["agency"], valid_until=given["until"]
        )
        messages.success(request, _("The role is given."))
        return _back(person)
    shown = {"person": person, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/console/officer.html", shown, status=status)


@console_required
@require_http_methods(["GET", "POST"])
def role(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """Change a role: which, where, until when."""
    held = _held(reference, pk)
    start = {"role": held.role, "agency": held.agency_id, "until": held.valid_until}
    form = RoleForm(request.POST or None, initial=start)
    if form.is_valid():
        given = form.cleaned_data
        done = _done(
            request, services.change_role, membership=held, role=given["role"],
            agency=given["agency"], valid_until=given["until"],
        )  # fmt: skip
        if done:
            messages.success(request, _("The role is changed."))
        return _back(held.user)
    shown = {"person": held.user, "held": held, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/console/role.html", shown, status=status)


@console_required
@require_POST
def end_role(request: HttpRequest, reference: uuid.UUID, pk: int) -> HttpResponse:
    """End a role now."""
    held = _held(reference, pk)
    if _done(request, services.expire_role, membership=held):
        messages.success(request, _("The role has ended. Change it to give it back."))
    return _back(held.user)


@console_required
@require_http_methods(["GET", "POST"])
def deactivate(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Ask, then shut a person out; their page offers to undo it."""
    person = _person(reference)
    if request.method == "POST":
        _done(request, people.deactivate, user=person)
        return _back(person)
    shown = {
        "confirm_base": "balai/console.html",
        "question": _("Shut %(name)s out?") % {"name": person.label},
        "stops": _("All sessions end. No sign-in, no desk, no messages about new work."),
        "stays": _("What they did, and their roles for the day you let them in again."),
        "yes": _("Shut out"),
        "no": _("Leave as it is"),
        "back": f"../../{person.uuid}/",
        "danger": True,
    }
    return render(request, "balai/confirm.html", shown)


@console_required
@require_POST
def reactivate(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Let a person in again."""
    person = _person(reference)
    if _done(request, people.reactivate, user=person):
        messages.success(request, _("%(name)s may sign in again.") % {"name": person.label})
    return _back(person)


def _person(reference: uuid.UUID) -> User:
    person = selectors.officer(reference)
    if person is None:
        raise Http404
    return person


def _held(reference: uuid.UUID, pk: int) -> Membership:
    found = Membership.objects.select_related("user", "agency")
    return get_object_or_404(found, pk=pk, user__uuid=reference)


def _back(person: User) -> HttpResponse:
    return redirect("accounts_console:officer", person.uuid)


def _done(request: HttpRequest, service: Any, **arguments: Any) -> bool:
    try:
        service(**arguments)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return False
    return True
