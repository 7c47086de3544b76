"""Prove once more who one is, then go on where one was."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


@require_POST
@login_required
def again(request: HttpRequest) -> HttpResponse:
    """Ask for password or second factor where there is one, else for a new code by signing in."""
    user: Any = request.user
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    query = urlencode({"next": wanted if safe else reverse("privacy:index")})
    flows = get_reauthentication_flows(user)
    if flows:
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")
    logout(request)
    return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
