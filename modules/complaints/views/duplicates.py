"""The desk's page of one report's possible duplicates: look, join, part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from modules.complaints import conf, near_map, rights, workflow
from modules.complaints.merge_forms import WIDER
from modules.complaints.models import Complaint
from modules.complaints.selectors import desk, family, similar
from modules.complaints.services import merging

LIMIT = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def candidates(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Show what lies near a report, or fits a search; POST joins it to one of them."""
    found = _report_or_404(request, report)
    if request.method == "POST":
        return _join(request, found)
    query = request.GET.get("q", "").strip()[:100]
    items = _searched(request, found, query) if query else _near(request, found)
    page = {
        "report": found,
        "main": family.root(found) if found.merged_into_id else None,
        "members": _within_reach(request, family.members(found)),
        "items": [(at, item) for at, item in enumerate(items, start=1)],
        "query": query,
        "sketch": _sketch(found, items),
        "radius": _radius(),
        "may_merge": rights.has(request.user, workflow.VERIFY, found),
    }
    return render(request, "complaints/desk_duplicates.html", page)


def _join(request: HttpRequest, found: Complaint) -> HttpResponseBase:
    try:
        into = _report_or_404(request, UUID(request.POST.get("into", "")))
        moved = merging.merge(complaint=found, into=into, by=_user(request))
    except ValueError as error:
        raise Http404 from error
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("complaints_desk:duplicates", found.uuid)
    words = _("Joined to %(number)s. Its reporter and followers are told.")
    messages.success(request, words % {"number": family.root(moved).number})
    return redirect("complaints_desk:detail", found.uuid)


def _near(request: HttpRequest, found: Complaint) -> list[similar.Similar]:
    rows = rights.within_reach(Complaint.objects.exclude(pk=found.pk), request.user)
    told, now = similar.told_by(found), timezone.now()
    return similar.find(rows, told, radius=_radius(), now=now, limit=LIMIT)


def _searched(request: HttpRequest, found: Complaint, query: str) -> list[similar.Similar]:
    """Return what fits a number or words, with the distance where both have a pin."""
    told = similar.told_by(found)
    rows = (row for row in desk.search(request.user, query, LIMIT) if row.pk != found.pk)
    return [similar.Similar(row, similar.away(told, row), 0.0) for row in rows]


def _sketch(found: Complaint, items: list[similar.Similar]) -> SafeString:
    """Return the sketch of what lies near; "" without a pin."""
    centre = similar.told_by(found).pin
    if centre is None:
        return SafeString("")
    far = _radius() * 4
    places = [
        (number, (item.complaint.latitude, item.complaint.longitude))
        for number, item in enumerate(items, start=1)
        if item.metres is not None and item.metres <= far
    ]
    pinned = [(number, (lat, lng)) for number, (lat, lng) in places if lat and lng]
    return near_map.draw(centre, pinned, radius=conf.current().similar_radius)


def _radius() -> int:
    return conf.current().similar_radius * WIDER


def _report_or_404(request: HttpRequest, report: UUID) -> Complaint:
    found = desk.find(request.user, report)
    if found is None:
        raise Http404
    return found


def _within_reach(request: HttpRequest, rows: list[Complaint]) -> list[Complaint]:
    """Keep the members that the officer may open."""
    return [row for row in rows if rights.has(request.user, rights.DESK, row)]


def _user(request: HttpRequest) -> Any:
    return request.user
