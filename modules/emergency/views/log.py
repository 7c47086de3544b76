"""The auditor's page: what was done in the centre, and who opened sealed incidents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.emergency.figures_form import LogForm
from modules.emergency.selectors import log
from modules.emergency.views.statistics import READ_LOG


@never_cache
@require_safe
@desk_required(READ_LOG)
def page(request: HttpRequest) -> HttpResponse:
    """List the centre's entries of the audit log that fit the filter, newest first."""
    form = LogForm(request.GET)
    wanted, secrets_only = form.wanted()
    start = request.GET.get("before", "")
    before = int(start) if start.isascii() and start.isdigit() and len(start) < 19 else None
    entries, following = log.page(wanted, secrets_only=secrets_only, before=before)
    query = request.GET.copy()
    query.pop("before", None)
    filtered = any(query.values())
    if following:
        query["before"] = str(following)
    return render(request, "emergency/log.html", {
        "form": form, "entries": entries, "filtered": filtered, "first": before is None,
        "following": query.urlencode() if following else "",
    })  # fmt: skip
