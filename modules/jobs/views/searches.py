"""A seeker keeps searches, switches their letters, deletes them and takes that back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modules.jobs.models import SavedSearch
from modules.jobs.search_names import describe
from modules.jobs.selectors import searches as rows
from modules.jobs.selectors.filters import parse, to_query
from modules.jobs.services import searches
from modules.jobs.views.common import personal
from modules.jobs.workflow import NotAllowed

UNDO = "jobs_search_undo"


@personal
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what one keeps."""
    page = {"rows": rows.of_user(request.user), "undo": request.session.get(UNDO),
            "most": searches.MOST}  # fmt: skip
    return render(request, "jobs/searches.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponseBase:
    """Ask for a name, then keep the search of the address."""
    filters = parse(request.GET)
    query, user = to_query(filters.without("sort")), _account(request)
    if request.method != "POST":
        page = {"name": describe(filters), "query": query}
        return render(request, "jobs/search_keep.html", page)
    name = request.POST.get("name", "").replace("\0", "").strip() or describe(filters)
    try:
        searches.keep(user=user, filters=filters, name=name)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('jobs:index')}?{query}")
    messages.success(request, _("Kept. You get one letter a day when something new fits."))
    return redirect("jobs:searches")


@personal
@require_POST
def switch(request: HttpRequest, search: UUID) -> HttpResponseBase:
    """Switch the letters of a search."""
    on = request.POST.get("notify") == "1"
    searches.switch(search=_own(request, search), notify=on)
    said = _("You get letters about it again.") if on else _("No more letters about it.")
    messages.success(request, said)
    return redirect("jobs:searches")


@personal
@require_POST
def delete(request: HttpRequest, search: UUID) -> HttpResponseBase:
    """Delete a search at once; it can be brought back until the next one is deleted."""
    request.session[UNDO] = searches.delete(search=_own(request, search))
    messages.success(request, _("The search is deleted."))
    return redirect("jobs:searches")


@personal
@require_POST
def undo(request: HttpRequest) -> HttpResponseBase:
    """Bring the search back that was deleted last."""
    left = request.session.pop(UNDO, None)
    if left is not None:
        searches.restore(user=_account(request), left=left)
        messages.success(request, _("The search is back."))
    return redirect("jobs:searches")


def _own(request: HttpRequest, reference: UUID) -> SavedSearch:
    found = rows.one(request.user, reference)
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> Any:
    return request.user
