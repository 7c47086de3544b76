"""The officers' desk: the inbox at the left, one case at the right, its answer at the foot."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.files import UploadRejected
from modules.complaints import actions, deadline, history, rights, topics, turn, workflow
from modules.complaints.models import Complaint, Photo
from modules.complaints.selectors import areas, case, categories, desk
from modules.complaints.selectors.desk import SORTS, Filters
from modules.complaints.states import State
from modules.complaints.views.common import place_map

PER_PAGE = 25
KEEP = ("tab", "q", "state", "agency", "district", "category", "sort", "page")


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """Show the inbox."""
    return render(request, "complaints/desk.html", _inbox(request))


@never_cache
@require_safe
@desk_required(rights.DESK)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the inbox's rows alone, for the live update."""
    return render(request, "complaints/parts/desk_rows.html", _inbox(request))


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
    query = _kept(request)
    still = desk.find(request.user, complaint.uuid) is not None
    args = [complaint.uuid] if still else []
    place = reverse(f"complaints_desk:{'detail' if still else 'index'}", args=args)
    return f"{place}?{query}" if query else place


def _kept(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in set(query) - set(KEEP):
        del query[name]
    return str(query.urlencode())


def _page(
    request: HttpRequest,
    complaint: Complaint,
    action: actions.Action | None,
    offered: list[actions.Action],
    photos: list[Photo],
    form: Any,
    status: int = 200,
) -> HttpResponse:
    entries = case.entries(complaint, case.STAFF)
    steps = [history.step(entry, names=True) for entry in entries]
    page = {
        **_inbox(request),
        "report": complaint,
        "due": deadline.of(complaint),
        "turn": turn.of(complaint),
        "steps": list(reversed(steps)),
        "refused": [
            step for step, entry in zip(steps, entries, strict=True) if entry.move == "refuse"
        ],
        "photos": photos,
        "map": place_map(complaint),
        "contact": case.contact(complaint)
        if rights.sees_identity(request.user, complaint)
        else None,
        "sees_identity": rights.sees_identity(request.user, complaint),
        "actions": offered,
        "action": action,
        "form": form,
    }
    return render(request, "complaints/desk.html", page, status=status)


def _inbox(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    filters = _filters(request)
    found = desk.inbox(request.user, filters, now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [(row, deadline.of(row, now)) for row in page.object_list],
        "filters": filters,
        "counts": desk.tab_counts(request.user, now),
        "kept": _kept(request),
        "scope": _scope(request),
        "states": State.choices,
        "districts": areas.districts(),
        "groups": categories.groups(),
        "topics": " ".join(topics.MOVED),
    }


def _scope(request: HttpRequest) -> dict[str, Any]:
    """Return whose inbox it is: an agency's name for its officers, and agencies to filter by."""
    agencies = desk.agencies(request.user)
    known = {agency.pk for agency in agencies}
    tops = [agency for agency in agencies if agency.parent_id not in known]
    user: Any = request.user
    whole = user.agencies_for(rights.DESK).all_agencies
    name = tops[0].name if len(tops) == 1 and not whole else ""
    return {"agencies": agencies, "name": name}


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    state, sort = given.get("state", ""), given.get("sort", "")
    return Filters(
        tab=given.get("tab", "") or ("all" if given.get("q") else "mine"),
        state=state if state in State.values else "",
        agency=_number(given.get("agency", "")),
        district=_number(given.get("district", "")),
        category=_number(given.get("category", "")),
        query=given.get("q", "").strip()[:100],
        sort=sort if sort in SORTS else SORTS[0],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
