"""Officers prepare fairs and classes, and put them on the site."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.ui.paging import paged
from modules.jobs.gathering_forms import GatheringForm, SessionForm
from modules.jobs.models import Gathering
from modules.jobs.seat_moves import GATHER
from modules.jobs.selectors import gatherings as rows
from modules.jobs.services import gathering as service
from modules.jobs.workflow import NotAllowed

TABS = ("coming", "draft", "over")


@never_cache
@require_safe
@desk_required(GATHER)
def index(request: HttpRequest) -> HttpResponse:
    """List fairs and classes."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    page = {"tab": tab, "page": paged(request, rows.desk(tab, timezone.now()), 25)}
    return render(request, "jobs/desk/gatherings.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Write a new fair or class, as the address says; it stays a draft."""
    return _edit(request, kind, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def edit(request: HttpRequest, gathering: UUID) -> HttpResponseBase:
    """Change what is said of it."""
    found = _find(gathering)
    return _edit(request, found.kind, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def detail(request: HttpRequest, gathering: UUID) -> HttpResponseBase:
    """Show it with its sessions; POST adds one."""
    found, user = _find(gathering), _account(request)
    form = SessionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        service.add_session(gathering=found, by=user, **form.cleaned_data)
        messages.success(request, _("The session is added."))
        return redirect("jobs_desk:gathering", gathering)
    page = {
        "gathering": found, "sessions": list(found.sessions.all()), "form": form,
        "fair": found.kind == Gathering.Kind.FAIR,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "jobs/desk/gathering.html", page, status=status)


@require_POST
@desk_required(GATHER)
def publish(request: HttpRequest, gathering: UUID) -> HttpResponseBase:
    """Show it to everybody, again after it was called off."""
    try:
        service.publish(gathering=_find(gathering), by=_account(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is on the site."))
    return redirect("jobs_desk:gathering", gathering)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(GATHER)
def call_off(request: HttpRequest, gathering: UUID) -> HttpResponseBase:
    """Ask, then say that it does not take place."""
    found, back = _find(gathering), reverse("jobs_desk:gathering", args=[gathering])
    if request.method != "POST":
        words = {
            "question": _("Call %(title)s off?") % {"title": found.title},
            "stops": _("Nobody gets a number any more. Who has one is told."),
            "stays": _("Places and numbers. You can put it on the site again."),
            "yes": _("Yes, call it off"), "no": _("No"), "back": back, "danger": True,
            "confirm_base": "balai/desk.html",
        }  # fmt: skip
        return render(request, "balai/confirm.html", words)
    try:
        service.call_off(gathering=found, by=_account(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is called off. Publishing it again undoes this."))
    return redirect(back)


def _edit(request: HttpRequest, kind: str, found: Gathering | None) -> HttpResponseBase:
    form = GatheringForm(request.POST or None, kind=kind, gathering=found)
    if form.is_bound and form.is_valid():
        row = service.save(told=form.cleaned_data, kind=kind, gathering=found, by=_account(request))
        messages.success(request, _("Saved."))
        return redirect("jobs_desk:gathering", row.uuid)
    page = {"form": form, "gathering": found, "fair": kind == Gathering.Kind.FAIR}
    status = 422 if form.is_bound else 200
    return render(request, "jobs/desk/gathering_form.html", page, status=status)


def _find(reference: UUID) -> Gathering:
    found = rows.find(reference)
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> Any:
    return request.user
