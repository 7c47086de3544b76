"""The region's side of a visit: its admins decide, see and end; the visitor comes in and leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.ui.paging import paged
from provisioning.models import Entry, EntryState
from provisioning.operators import visits
from provisioning.operators.middleware import KEY

PER_PAGE = 25
BACKEND = "balai.accounts.backends.RoleBackend"


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List who asks, who is in, and who was."""
    region = context.current_region()
    with context.platform():
        rows = Entry.objects.filter(region_id=region.id)
        asked = list(rows.filter(state=EntryState.ASKED))
        inside = [entry for entry in rows.filter(state=EntryState.GRANTED) if entry.is_live]
        past = rows.exclude(pk__in=[entry.pk for entry in (*asked, *inside)])
        found = paged(request, past, PER_PAGE)
        found.object_list = list(found.object_list)
    shown = {"asked": asked, "inside": inside, "page": found}
    return render(request, "provisioning/visits/console.html", shown)


@console_required
@require_POST
def decide(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Let an operator in, or not."""
    user: Any = request.user
    try:
        if request.POST.get("decision") == "grant":
            may_change = request.POST.get("may_change") == "on"
            visits.grant(uuid=reference, by=user, may_change=may_change)
            messages.success(request, _("Let in. You can end the visit here at any time."))
        else:
            visits.refuse(uuid=reference, by=user)
            messages.success(request, _("Refused. Nobody enters."))
    except Entry.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("support_console:index")


@console_required
@require_POST
def stop(request: HttpRequest, reference: UUID) -> HttpResponse:
    """End a visit at once."""
    region, user = context.current_region(), request.user
    with context.platform():
        get_object_or_404(Entry, uuid=reference, region_id=region.id)
    visits.end(uuid=reference, by=user.label)  # type: ignore[union-attr]  # signed in
    messages.success(request, _("The visit has ended."))
    return redirect("support_console:index")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Show who comes in and until when; come in on POST. Without consent there is no such page."""
    try:
        if request.method != "POST":
            return render(request, "provisioning/visits/enter.html", {"visit": visits.read(token)})
        user, entry = visits.enter(token)
    except Entry.DoesNotExist as error:
        raise Http404 from error
    logout(request)  # whoever used this browser before
    login(request, user, backend=BACKEND)
    request.session[KEY] = str(entry.uuid)
    request.session.set_expiry(entry.until)
    return redirect("provisioning_console:index")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End one's own visit."""
    visit = getattr(request, "visit", None)
    if visit is None:
        raise Http404
    visits.end(uuid=visit.uuid, by=visit.name)
    logout(request)
    messages.success(request, _("The visit has ended."))
    return redirect("/")
