"""The console's page of shared figures: exactly what leaves the region, and a switch for each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.accounts.guards import console_required
from balai.aggregates import LEAST, registry
from balai.audit.models import Entry
from balai.ui.paging import paged
from provisioning.sharing import services

PER_PAGE = 25
ACTIONS = ("figure.shared", "figure.taken_back")


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the figures with their values of now, what is shared, and what was."""
    past = Entry.objects.filter(action__in=ACTIONS)
    found = paged(request, past, PER_PAGE)
    labels = {key: known.figure.label for key, known in registry.known().items()}
    history = [(entry, labels.get(entry.target, entry.target)) for entry in found.object_list]
    shown = {"offers": services.offers(), "page": found, "history": history, "least": LEAST}
    return render(request, "provisioning/sharing/console.html", shown)


@console_required
@require_POST
def switch(request: HttpRequest, key: str) -> HttpResponse:
    """Share a figure, or take it back."""
    user: Any = request.user
    if request.POST.get("share") == "on":
        try:
            services.share(key=key, by=user)
        except ValidationError as error:
            raise Http404 from error
        messages.success(request, _("The province sees this figure now."))
    else:
        services.take_back(key=key)
        messages.success(request, _("Taken back; the platform's copy is deleted."))
    return redirect("sharing_console:index")
