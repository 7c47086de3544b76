"""The door of every page under /operations/: sign-in, second factor, rank, time, limits."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from balai.accounts import limits, second_factor
from balai.modules.gate import sign_in_first
from balai.ui.errors import too_many
from provisioning.models import Rank
from provisioning.operators.ranks import Right, Who, who_is

IDLE_SECONDS: Final = 30 * 60
LONGEST_SECONDS: Final = 12 * 3600
STEP_SECONDS: Final = 60
BEGAN: Final = "operations_began"
SEEN: Final = "operations_seen"

Page = Callable[..., HttpResponseBase]


def page(
    right: Right = "look", *, fresh: bool = False, instead: str = ""
) -> Callable[[Page], Page]:
    """Close a view to all but people with ``right``; the view gets them as its second argument.

    A stranger signs in; an account without a rank sees that there is no such page; one without
    a second factor is led to setting it up first; a wrong rank gets a 403.

    Args:
        instead: the page that a province's account is led to from here.
        fresh: ask who it is once more before a POST, unless that was done five minutes ago.
    """

    def decorate(view: Page) -> Page:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            who = who_is(request.user)
            if who is None:
                raise Http404
            refusal = _second_factor(request, who) or _time_out(request)
            if refusal is not None:
                return refusal
            if instead and who.rank == Rank.PROVINCE:
                return redirect(instead)
            if not who.may(right):
                raise PermissionDenied
            if request.method == "POST":
                if not limits.allow("operations.act", str(who.uuid)):
                    return too_many(request)
                if fresh:
                    raise_if_reauthentication_required(request, app="account")
            return view(request, who, *args, **kwargs)

        return guarded

    return decorate


def _second_factor(request: HttpRequest, who: Who) -> HttpResponseBase | None:
    if not second_factor.enforced() or second_factor.has_one(who.user.pk):
        return None
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('account:second-factor')}?{query}")


def _time_out(request: HttpRequest) -> HttpResponseBase | None:
    """Sign out whoever did nothing for half an hour, or has been here for twelve."""
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.get(SEEN, now)
    if now - seen >= IDLE_SECONDS or now - began >= LONGEST_SECONDS:
        logout(request)
        messages.info(request, _("You were signed out because time ran out. Sign in again."))
        return sign_in_first(request)
    if now - seen >= STEP_SECONDS or SEEN not in request.session:
        request.session[SEEN] = now
    return None
