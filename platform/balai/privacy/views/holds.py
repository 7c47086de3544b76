"""Legal holds in the console."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import console_required
from balai.privacy.forms import HoldForm
from balai.privacy.models import LegalHold
from balai.privacy.services import holds

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List holds and place one."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            holds.place(**form.cleaned_data, by=user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The record is on hold."))
            return redirect("privacy_console:holds")
    rows = LegalHold.objects.select_related("made_by")[:SHOWN]
    shown = {"form": form, "rows": rows}
    return render(request, "privacy/console/holds.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def lift(request: HttpRequest, hold: UUID) -> HttpResponse:
    """Ask, then lift a hold."""
    row = get_object_or_404(LegalHold, uuid=hold, lifted_at=None)
    if request.method == "POST":
        holds.lift(hold=row)
        messages.success(request, _("The hold is lifted."))
        return redirect("privacy_console:holds")
    shown = {
        "question": _("Lift the hold on %(number)s?") % {"number": row.reference},
        "stops": _("The record is removed when its time is over."),
        "yes": _("Lift it"), "no": _("Keep it"), "back": reverse("privacy_console:holds"),
        "confirm_base": "balai/console.html",
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)
