"""My regions: what a person of a partner sees after signing in on the public site; and the end."""

from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.models import User
from provisioning.hub import selectors, services
from provisioning.operators.ranks import who_is


@never_cache
@require_safe
@login_required
def regions(request: HttpRequest) -> HttpResponse:
    """List the regions that let the person in, each with role, last day and a way in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    if who_is(user):  # the people who run the platform have pages of their own
        return redirect("operations:index")
    shown = {"doors": selectors.doors(user), "needs_factor": user.lacks_second_factor}
    return render(request, "provisioning/hub/regions.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def close(request: HttpRequest) -> HttpResponse:
    """Ask, then close the person's account. Who has a password or factor proves it once more."""
    user = request.user
    if not isinstance(user, User) or who_is(user):
        raise PermissionDenied
    if request.method == "POST":
        if get_reauthentication_flows(user):
            raise_if_reauthentication_required(request, app="account")
        services.close(user)
        logout(request)
        return render(request, "provisioning/hub/closed.html")
    shown = {
        "question": _("Close my account?"),
        "stops": _("You are signed out everywhere, and no region opens with this account any more."
                   " Your name, address and second factor are deleted here."),
        "stays": _("What a region wrote down about your work with it. Ask that region about it."),
        "yes": _("Close my account"), "no": _("Keep it"),
        "back": reverse("provisioning:regions"), "danger": True,
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)
