"""My connected apps: who knows what about me, and the way to end it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.signon import grants, scopes
from balai.signon.models import Grant


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the apps that the person signs in to with this account."""
    user: Any = request.user
    rows = [
        (grant, [scopes.OFFERED[word].label for word in scopes.ordered(grant.given)][1:])
        for grant in grants.mine(user)
    ]
    return render(request, "signon/mine.html", {"rows": rows})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, subject: uuid.UUID) -> HttpResponse:
    """Ask, then take the consent back."""
    user: Any = request.user
    found = Grant.objects.filter(user=user, subject=subject).exclude(scopes="")
    grant = get_object_or_404(found.select_related("client"))
    name = grant.client.name
    if request.method == "POST":
        grants.take_back(grant=grant)
        messages.success(request, _("%(name)s no longer knows your account.") % {"name": name})
        return redirect("signon:mine")
    shown = {
        "question": _("Disconnect %(name)s?") % {"name": name},
        "stops": _("The app can no longer read your account. It asks you again when you return."),
        "stays": _("What the app already stored about you. Ask its agency to delete it."),
        "yes": _("Disconnect"),
        "no": _("Back"),
        "back": reverse("signon:mine"),
        "danger": True,
    }
    return render(request, "balai/confirm.html", shown)
