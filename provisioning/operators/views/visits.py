"""An operator's side of a visit: ask, follow, take back, go in, end."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.ui.paging import paged
from provisioning.models import Entry
from provisioning.operators import visits as services
from provisioning.operators.forms import VisitForm
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who
from provisioning.views.wizard import posted
from tenants.models import Region
from tenants.states import WORKING

PER_PAGE = 25


@page()
@require_safe
def visits(request: HttpRequest, who: Who) -> HttpResponse:
    """List all visits, the latest first."""
    rows = Entry.objects.select_related("region")
    found = paged(request, rows, PER_PAGE)
    shown = {"who": who, "page": found, "here": "visits"}
    return render(request, "provisioning/operations/visits.html", shown)


@page()
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Ask a region's admins to be let in."""
    region = get_object_or_404(Region, pk=pk, state__in=WORKING)
    form = VisitForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            entry = services.ask(who=who, region=region, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The region's admins are asked by mail."))
            return redirect("operations:visit", entry.uuid)
    shown = {"who": who, "region": region, "form": form, "here": "visits"}
    status = 422 if form.errors else 200
    return render(request, "provisioning/operations/ask_visit.html", shown, status=status)


@page()
@require_safe
def visit(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Show a visit and, to its operator, the way on."""
    return _show(request, who, uuid)


@page()
@require_POST
def withdraw(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Take one's own request back."""
    try:
        services.withdraw(uuid=uuid, who=who)
    except Entry.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("operations:visit", uuid)


@page(fresh=True)
@require_POST
def go_in(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Make the one-time way into the region; without consent there is no such page."""
    try:
        link = services.hand_over(uuid=uuid, who=who)
    except Entry.DoesNotExist as error:
        raise Http404 from error
    return _show(request, who, uuid, link=link)


@page()
@require_POST
def end(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """End one's own visit; an operator who may act ends anybody's."""
    entry = get_object_or_404(Entry, uuid=uuid)
    if entry.operator_id != who.user.pk:
        who.require("act")
    services.end(uuid=uuid, by=who.label)
    messages.success(request, _("The visit has ended."))
    return redirect("operations:visit", uuid)


def _show(request: HttpRequest, who: Who, uuid: UUID, link: str = "") -> HttpResponse:
    entry = get_object_or_404(Entry.objects.select_related("region"), uuid=uuid)
    shown = {"who": who, "visit": entry, "mine": entry.operator_id == who.user.pk,
             "link": link, "here": "visits"}  # fmt: skip
    return render(request, "provisioning/operations/visit.html", shown)
