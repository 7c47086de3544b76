"""The console's pages of API clients: the keys of other programs."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai import context
from balai.accounts.guards import console_required
from balai.api import key_services, presenting, scopes
from balai.api.forms import KeyForm
from balai.api.models import ApiKey
from balai.ui import charts, formats
from balai.ui.paging import paged

PER_PAGE = 25


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the keys, the newest first."""
    page = paged(request, ApiKey.objects.order_by("-id"), PER_PAGE)
    now, offered = timezone.now(), scopes.rights()
    entries = [presenting.key(key, now, offered) for key in page.object_list]
    return render(request, "api_console/keys.html", {"page": page, "entries": entries})


@console_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a key and show it, this once."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, user = form.cleaned_data, request.user
        creator: Any = user
        key, token = key_services.create(
            name=told["name"],
            scopes=told["rights"],
            per_minute=told["per_minute"],
            expires_at=told["expires_on"],
            by=creator,
        )
        return render(request, "api_console/key_made.html", _made(key, token))
    shown = {"form": form, "offered": bool(scopes.rights())}
    return render(request, "api_console/key_new.html", shown, status=422 if form.errors else 200)


@console_required
@require_safe
def detail(request: HttpRequest, prefix: str) -> HttpResponse:
    """Show what a key may do and how much it is used."""
    key, now = get_object_or_404(ApiKey, prefix=prefix), timezone.now()
    used = key_services.usage(key, now)
    points = [
        charts.Point(formats.short_date(date.fromisoformat(day)), calls) for day, calls in used
    ]
    total = sum(calls for _day, calls in used)
    shown = {
        "entry": presenting.key(key, now, scopes.rights()),
        "total": total,
        "chart": charts.columns(points, title=_("Calls a day")) if total else "",
    }
    return render(request, "api_console/key.html", shown)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, prefix: str) -> HttpResponse:
    """Ask, then end a key."""
    key = get_object_or_404(ApiKey, prefix=prefix)
    if request.method == "POST":
        key_services.revoke(key=key)
        messages.success(request, _("The key of %(name)s no longer works.") % {"name": key.name})
        return redirect("api_console:index")
    shown = {
        "question": _("Revoke the key of %(name)s?") % {"name": key.name},
        "stops": _("Every call with it is refused from now on. It cannot be brought back."),
        "stays": _("Everything the program has sent, and the line in the audit log."),
        "yes": _("Revoke"),
        "no": _("Back"),
        "back": reverse("api_console:key", args=[key.prefix]),
        "danger": True,
        "confirm_base": "balai/console.html",
    }
    return render(request, "balai/confirm.html", shown)


def _made(key: ApiKey, token: str) -> dict[str, Any]:
    base = context.current_region().base_url
    return {"key": key, "token": token, "base": base, "docs": f"{base}{reverse('api_docs')}"}
