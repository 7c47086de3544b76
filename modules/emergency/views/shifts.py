"""The supervisor's page: who is on which unit, and putting it right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts.guards import desk_required
from modules.emergency.selectors import duty
from modules.emergency.services import shifts
from modules.emergency.shift_forms import ShiftForm
from modules.emergency.workflow import SUPERVISE, NotAllowed

HOME = "emergency_desk:shifts"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(SUPERVISE)
def index(request: HttpRequest) -> HttpResponse:
    """Show all units with their crews; POST puts somebody on one."""
    if request.method != "POST":
        return _page(request, ShiftForm())
    form = ShiftForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    user: Any = request.user
    unit, person = form.cleaned_data["unit"], form.cleaned_data["person"]
    try:
        shifts.sign_on(unit=unit, user=person, by=user)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    except PermissionDenied:
        form.add_error("unit", _("This unit is of another agency than the person's."))
        return _page(request, form, status=422)
    words = {"person": person.label, "unit": unit.callsign}
    messages.success(request, _("%(person)s is on %(unit)s.") % words)
    return redirect(HOME)


@require_POST
@desk_required(SUPERVISE)
def end(request: HttpRequest, person: UUID) -> HttpResponse:
    """End somebody's shift."""
    user: Any = request.user
    found = duty.crews().filter(uuid=person).first()
    try:
        if found is not None and shifts.sign_off(user=found, by=user):
            messages.success(request, _("%(person)s is off duty.") % {"person": found.label})
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(HOME)


def _page(request: HttpRequest, form: ShiftForm, status: int = 200) -> HttpResponse:
    units = duty.units()
    page = {
        "form": form,
        "on_duty": [unit for unit in units if getattr(unit, "aboard", None)],
        "empty": [unit for unit in units if not getattr(unit, "aboard", None)],
    }
    return render(request, "emergency/shifts.html", page, status=status)
