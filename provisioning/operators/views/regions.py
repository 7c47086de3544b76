"""The regions: the list, one region's page, and what can be done there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import context
from balai.ui.paging import paged
from provisioning.lifecycle import moves
from provisioning.models import (
    Entry,
    FailedTask,
    GoLiveRequest,
    Opening,
    OwnDomain,
    TaskState,
)
from provisioning.opening import services as openings, steps
from provisioning.opening.launch import launch
from provisioning.operators import health, listing
from provisioning.operators.forms import MoveForm, choices_from
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who
from provisioning.views.wizard import posted
from tenants import selectors
from tenants.models import Domain, Region
from tenants.states import WORKING, State

PER_PAGE = 25
SHOWN = 20


@page(instead="operations:province")
@require_safe
def index(request: HttpRequest, who: Who) -> HttpResponse:
    """List the regions."""
    form = listing.FilterForm(request.GET)
    wanted = form.wanted()
    found = paged(request, listing.regions(wanted), PER_PAGE)
    names = dict(form.fields["plan"].choices)  # type: ignore[attr-defined]  # a choice field
    rows = [
        (region, listing.signs(region), names.get(region.plan, "")) for region in found.object_list
    ]
    shown = {"who": who, "form": form, "page": found, "rows": rows, "here": "regions",
             "filtered": bool(wanted.keys() - {"sort"}), "counts": listing.counts()}  # fmt: skip
    return render(request, "provisioning/operations/regions.html", shown)


@page()
@require_safe
def region(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Show everything about one region that is no secret of its people."""
    row = get_object_or_404(listing.annotated(), pk=pk)
    opened = Opening.objects.filter(region=row).prefetch_related("steps").first()
    shown = {
        "who": who,
        "region": row,
        "signs": listing.signs(row),
        "plan": listing.plan_names().get(row.plan, ""),
        "site": selectors.freeze(row).base_url if row.state in WORKING else "",
        "moves": moves.history(row.pk)[:SHOWN],
        "movable": bool(choices_from(row.state)),
        "opening": opened,
        "steps": [(step, steps.label(step.name)) for step in opened.steps.all()] if opened else [],
        "domains": Domain.objects.filter(tenant=row).order_by("-is_primary", "domain"),
        "own_domains": OwnDomain.objects.filter(region=row),
        "jobs": FailedTask.objects.filter(region=row, state=TaskState.OPEN)[:SHOWN],
        "visits": Entry.objects.filter(region=row)[:SHOWN],
        "golive": GoLiveRequest.objects.filter(region=row, decided_at=None).first(),
        "here": "regions",
    }
    return render(request, "provisioning/operations/region.html", shown)


@page("act")
@require_POST
def measure(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Measure one region now."""
    row = get_object_or_404(Region, pk=pk, state__in=WORKING)
    with context.region_context(selectors.freeze(row)):
        health.measure()
    messages.success(request, _("Measured."))
    return redirect("operations:region", pk)


@page("act", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Bring a region into another state, with a reason its admins read."""
    row = get_object_or_404(Region, pk=pk)
    form = MoveForm(posted(request), state=row.state)
    if request.method == "POST" and form.is_valid():
        try:
            moves.move(row, State(form.cleaned_data["to"]), by=who.label,
                       why=form.cleaned_data["why"])  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The state has been changed."))
            return redirect("operations:region", pk)
    shown = {"who": who, "region": row, "form": form, "here": "regions"}
    status = 422 if form.errors else 200
    return render(request, "provisioning/operations/move.html", shown, status=status)


@page("act")
@require_POST
def retry_opening(request: HttpRequest, who: Who, uuid: Any) -> HttpResponse:
    """Give a stopped opening its tries back."""
    opening = get_object_or_404(Opening, uuid=uuid)
    openings.retry(opening)
    opening.refresh_from_db()
    launch(opening)
    messages.success(request, _("The opening goes on where it stopped."))
    if opening.region_id:
        return redirect("operations:region", opening.region_id)
    return redirect("operations:openings")
