"""My regions: what a person of a partner sees after signing in on the public site."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.models import User
from provisioning.hub import selectors
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
