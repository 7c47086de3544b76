"""The officers' desk: the inbox at the left, one case at the right, its answer at the foot."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.files import UploadRejected
from modules.complaints import actions, deadline, rights, workflow
from modules.complaints.models import Complaint, Photo
from modules.complaints.selectors import case, desk
from modules.complaints.views import desk_case, desk_inbox
from modules.complaints.views.common import place_map


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """Show the inbox."""
    return render(request, "complaints/desk.html", desk_inbox.inbox(request))


@never_cache
@require_safe
@desk_required(rights.DESK)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the inbox's rows alone, for the live update."""
    return render(request, "complaints/parts/desk_rows.html", desk_inbox.rows(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def detail(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Show one case beside the inbox; ``?do=`` opens an action's form, POST carries it out."""
    found = desk.find(request.user, report)
    if found is None:
        raise Http404
    photos = case.photos(found, approved_only=False)
    offered = actions.offered(found, request.user)
    wanted = request.POST.get("do") or request.GET.get("do", "")
    action = next((item for item in offered if item.name == wanted), None)
    if request.method == "POST":
        return _act(request, found, action, offered, photos)
    form = actions.form_for(action, found) if action else None
    return _page(request, found, action, offered, photos, form)


@never_cache
@require_safe
@desk_required(rights.DESK)
def paper(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show one case for printing: what the field team takes along, without the reporter."""
    found = desk.find(request.user, report)
    if found is None:
        raise Http404
    photos = case.photos(found, approved_only=False)
    page = {"report": found, "photos": photos, "map": place_map(found), "due": deadline.of(found)}
    return render(request, "complaints/paper.html", page)


def _act(
    request: HttpRequest,
    complaint: Complaint,
    action: actions.Action | None,
    offered: list[actions.Action],
    photos: list[Photo],
) -> HttpResponseBase:
    if action is None:
        messages.error(request, str(workflow.MOVED_ON))
        return redirect(_back(request, complaint))
    form = actions.form_for(action, complaint, request.POST, request.FILES)
    if form is not None and not form.is_valid():
        return _page(request, complaint, action, offered, photos, form, status=422)
    try:
        action.run(complaint, request.user, form.cleaned_data if form else {}, form)
    except (workflow.NotAllowed, UploadRejected) as refusal:
        if form is None:
            messages.error(request, str(refusal))
            return redirect(_back(request, complaint))
        form.add_error(None, str(refusal))
        return _page(request, complaint, action, offered, photos, form, status=422)
    messages.success(request, str(action.done))
    return redirect(_back(request, complaint))


def _back(request: HttpRequest, complaint: Complaint) -> str:
    """Return the case's address with the inbox as it was; the list alone once out of reach."""
    query = desk_inbox.kept(request)
    still = desk.find(request.user, complaint.uuid) is not None
    args = [complaint.uuid] if still else []
    place = reverse(f"complaints_desk:{'detail' if still else 'index'}", args=args)
    return f"{place}?{query}" if query else place


def _page(
    request: HttpRequest,
    complaint: Complaint,
    action: actions.Action | None,
    offered: list[actions.Action],
    photos: list[Photo],
    form: Any,
    status: int = 200,
) -> HttpResponse:
    page = {
        **desk_inbox.inbox(request),
        **desk_case.page(request, complaint, photos),
        **desk_case.buttons(offered),
        **desk_case.prepared(request, complaint, action, form),
        "action": action,
        "form": form,
    }
    return render(request, "complaints/desk.html", page, status=status)
