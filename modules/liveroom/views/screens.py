"""The list of televisions that show the wall."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from balai.accounts.guards import desk_required
from balai.context import current_region
from modules.liveroom import access, selectors, services
from modules.liveroom.forms import ScreenForm
from modules.liveroom.models import Screen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(services.MANAGE)
def screens(request: HttpRequest) -> HttpResponse:
    """List the screens and connect a new one; its link is shown once, here."""
    form = ScreenForm(request.POST or None)
    link, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            screen = services.connect_screen(by=request.user, **form.cleaned_data)  # type: ignore[arg-type]  # signed in: desk_required
            link = f"{current_region().base_url}{_path(screen)}"
            form, status = ScreenForm(), 200
    page = {"form": form, "screens": selectors.screens(), "link": link, "now": timezone.now()}
    return render(request, "liveroom/screens.html", page, status=status)


@require_POST
@desk_required(services.MANAGE)
def revoke(request: HttpRequest, screen: UUID) -> HttpResponseBase:
    """Take a screen's link back."""
    found = get_object_or_404(Screen, uuid=screen)
    services.revoke_screen(screen=found, by=request.user)  # type: ignore[arg-type]  # signed in: desk_required
    messages.success(request, _("The link of %(name)s no longer works.") % {"name": found.name})
    return redirect("liveroom_desk:screens")


def _path(screen: Screen) -> str:
    return reverse("liveroom:join", args=[access.token_of(screen)])
