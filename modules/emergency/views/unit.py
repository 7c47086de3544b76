"""One unit: who is on it, where it is, what it is with; the centre takes it out of service here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from modules.emergency import topics, workflow
from modules.emergency.crew_forms import ServiceForm
from modules.emergency.models import Unit
from modules.emergency.selectors import crewing, reach, sealing, units
from modules.emergency.services import dispatching
from modules.emergency.workflow import NotAllowed

TOPICS = f"{topics.UNIT} {topics.CHANGED}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(reach.SEE)
def detail(request: HttpRequest, unit: UUID) -> HttpResponseBase:
    """Show a unit within reach; POST takes it out of service or brings it back.

    A crew does that on its own phone; this is for a phone that is broken or a crew that has gone.
    """
    user: Any = request.user
    found = reach.units(user).select_related("agency").filter(uuid=unit).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        return _service(request, found)
    if request.headers.get("HX-Request"):
        return render(request, "emergency/parts/unit_panel.html", _panel(found))
    return _page(request, found, ServiceForm())


def _service(request: HttpRequest, unit: Unit) -> HttpResponseBase:
    user: Any = request.user
    back = request.POST.get("available") == "1"
    form = ServiceForm(request.POST)
    if not back and not form.is_valid():
        return _page(request, unit, form, status=422)
    reason = "" if back else form.cleaned_data["reason"]
    try:
        dispatching.set_service(unit=unit, available=back, by=user, reason=reason)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("emergency_desk:unit", unit.uuid)


def _page(request: HttpRequest, unit: Unit, form: ServiceForm, status: int = 200) -> HttpResponse:
    user: Any = request.user
    page = {
        **_panel(unit),
        "form": form,
        "may_dispatch": user.has_perm(workflow.DISPATCH),
        "topics": TOPICS,
    }
    return render(request, "emergency/unit.html", page, status=status)


def _panel(unit: Unit) -> dict[str, Any]:
    row = units.row(unit)
    lately = [(leg, sealing.redacted(leg.incident)) for leg in crewing.lately(unit)]
    return {"unit": unit, "row": row, "lately": lately}
