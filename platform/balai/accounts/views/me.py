"""My account: profile, sessions, my data, the end."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balai.accounts import people, personal_data, second_factor as factors
from balai.accounts.forms import ProfileForm
from balai.accounts.members import selectors
from balai.endpoints import Endpoint, belongs

YEAR = 365 * 24 * 3600
LATER = "second_factor_later"


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show everything about the account; keep name and language on POST."""
    user: Any = request.user
    form = ProfileForm(request.POST or None, instance=user)
    if form.is_valid():
        people.update_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        response = HttpResponseRedirect(request.path)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, user.language, max_age=YEAR, samesite="Lax",
            secure=request.is_secure(), httponly=True,
        )  # fmt: skip
        return response
    shown = {
        "form": form,
        "memberships": selectors.held_by(user),
        "has_second_factor": factors.has_one(user.pk),
    }
    return render(request, "accounts/me.html", shown, status=422 if form.is_bound else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a second factor; while the region is tried out it may wait for the next session."""
    target = _local(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method == "POST" and not factors.enforced():
        request.session[LATER] = True
        return HttpResponseRedirect(target)
    shown = {"enforced": factors.enforced(), "next": target}
    return render(request, "accounts/second_factor.html", shown)


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all other sessions."""
    user: Any = request.user
    people.sign_out_everywhere(user=user)
    update_session_auth_hash(request, user)
    messages.success(request, _("All other devices are signed out."))
    return redirect("account:me")


@belongs(Endpoint.EXPORT)
@login_required
@never_cache
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Hand out all that is stored about the person, as JSON."""
    user: Any = request.user
    text = json.dumps(personal_data.of(user), ensure_ascii=False, indent=2)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="data-saya.json"'},
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Ask, then close the account."""
    user: Any = request.user
    if request.method == "POST":
        try:
            people.close_account(user=user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("account:me")
        logout(request)
        messages.success(request, _("Your account is closed."))
        return HttpResponseRedirect("/")
    shown = {
        "question": _("Close your account?"),
        "stops": _("You can no longer sign in. Name, address, number and passkeys are erased."),
        "stays": _("Your reports stay, without your name."),
        "yes": _("Close my account"),
        "no": _("Keep it"),
        "back": "/accounts/",
        "danger": True,
    }
    return render(request, "balai/confirm.html", shown)


def _local(request: HttpRequest, target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/"
