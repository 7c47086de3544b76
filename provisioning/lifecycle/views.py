"""The console's page of the region's life, and taking an ending back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.endpoints import Access, Endpoint, access
from provisioning.lifecycle import ending, timeline

HOME = "life_console:index"
SERVICES = (
    (Endpoint.EMERGENCY, gettext_lazy("112")),
    (Endpoint.INTAKE, gettext_lazy("New reports")),
    (Endpoint.STATUS, gettext_lazy("Following reports")),
    (Endpoint.DESK, gettext_lazy("Handling by officers")),
    (Endpoint.ALERTS, gettext_lazy("Alerts")),
    (Endpoint.CITIZEN_READ, gettext_lazy("Reading the site")),
    (Endpoint.CITIZEN_SERVICE, gettext_lazy("Applications and subscriptions")),
    (Endpoint.PUBLISHING, gettext_lazy("Publishing news, vacancies, prices and new apps")),
    (Endpoint.EXPORT, gettext_lazy("Export of data")),
)


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what was, what is, what comes, and what works now."""
    state = context.current_region().state
    works = [(label, access(state, endpoint) == Access.OPEN) for endpoint, label in SERVICES]
    shown = {"life": timeline.life(), "works": works}
    return render(request, "provisioning/life/index.html", shown)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest) -> HttpResponse:
    """Ask, then stop the ending."""
    user: Any = request.user
    if request.method == "POST":
        try:
            ending.take_back(by=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The closing is taken back. The site goes on."))
        return redirect(HOME)
    return render(request, "balai/confirm.html", {
        "confirm_base": "balai/console.html", "question": _("Take the closing back?"),
        "stays": _("Everything works again at once, as it did before. All admins are told."),
        "yes": _("Take it back"), "no": _("Keep closing"), "back": reverse(HOME),
    })  # fmt: skip
