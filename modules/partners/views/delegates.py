"""The console's part about people with a platform account: let in, send away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import console_required
from modules.partners.delegate_forms import DelegateForm, WithdrawForm
from modules.partners.models import Delegate, Partner
from modules.partners.services import delegates
from modules.partners.workflow import NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def grant(request: HttpRequest, partner: UUID) -> HttpResponseBase:
    """Let somebody who serves several regions in, until a day."""
    row = get_object_or_404(Partner, uuid=partner)
    form = DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delegates.grant(partner=row, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("They are written to, and sign in on the platform."))
            return redirect("partners_console:partner", row.uuid)
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "row": row}
    return render(request, "partners/console/delegate.html", page, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def withdraw(request: HttpRequest, delegate: UUID) -> HttpResponseBase:
    """Ask why, then send somebody away at once."""
    rows = Delegate.objects.select_related("partner", "user")
    row = get_object_or_404(rows, uuid=delegate)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delegates.withdraw(delegate=row, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("They are signed out and see nothing any more."))
        return redirect("partners_console:partner", row.partner.uuid)
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "row": row}
    return render(request, "partners/console/delegate_end.html", page, status=status)
