"""Inviting one or many, sending again, taking back."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts.console import bulk
from balai.accounts.console.forms import ImportForm, InviteForm
from balai.accounts.guards import console_required
from balai.accounts.members import invitations
from balai.accounts.members.models import Invitation

OFFICERS = "accounts_console:officers"


@console_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person."""
    user: Any = request.user
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            invitations.invite(offer=form.offer(), by=user)
        except ValidationError as error:
            form.add_error("contact", error)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect(OFFICERS)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/console/invite.html", {"form": form}, status=status)


@console_required
@require_http_methods(["GET", "POST"])
def invite_many(request: HttpRequest) -> HttpResponse:
    """Show what a file would do; do it once the admin has seen it."""
    user: Any = request.user
    form = ImportForm(request.POST or None, request.FILES or None)
    rows: list[bulk.Row] = []
    if form.is_bound and form.is_valid():
        try:
            rows = bulk.read(form.cleaned_data["lines"])
            if "confirmed" in request.POST:
                count = bulk.invite_all(rows=rows, by=user)
                text = ngettext("%(n)s invitation is on its way.",
                                "%(n)s invitations are on their way.", count)  # fmt: skip
                messages.success(request, text % {"n": count})
                return redirect(OFFICERS)
        except ValidationError as error:
            form.add_error(None, error)
    shown = {
        "form": form,
        "rows": rows,
        "wrong": sum(1 for row in rows if row.problems),
        "lines": form.cleaned_data.get("lines", "") if rows else "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "accounts/console/invite_many.html", shown, status=status)


@console_required
@require_POST
def resend(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Send an invitation again."""
    return _change(request, reference, invitations.resend, _("The invitation was sent again."))


@console_required
@require_POST
def revoke(request: HttpRequest, reference: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    return _change(request, reference, invitations.revoke, _("The invitation is taken back."))


def _change(request: HttpRequest, reference: uuid.UUID, change: Any, text: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, uuid=reference)
    try:
        change(invitation=invitation)
    except invitations.InvitationError:
        messages.error(request, _("This invitation was accepted or taken back already."))
    else:
        messages.success(request, text)
    return redirect(OFFICERS)
