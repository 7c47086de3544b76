"""Which agency of the directory an agency of the budget is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import console_required
from balai.directory.models import Agency
from modules.budget.models import Heading
from modules.budget.services import linking
from modules.budget.states import Kind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the agencies of the budget with a choice beside each; save those that changed."""
    rows = list(Heading.objects.filter(kind=Kind.AGENCY).select_related("agency").order_by("key"))
    agencies = list(Agency.objects.filter(active=True).order_by("name"))
    if request.method == "POST":
        known = {row.code: row for row in agencies}
        changed = sum(
            linking.link(heading=row, agency=known.get(request.POST[name]))
            for row in rows
            if (name := f"agency-{row.key}") in request.POST
            and (not request.POST[name] or request.POST[name] in known)
        )
        words = ngettext("%(n)s link changed.", "%(n)s links changed.", changed)
        messages.success(request, words % {"n": changed})
        return redirect("budget_console:index")
    open_ = sum(row.agency_id is None for row in rows)
    page = {"rows": rows, "agencies": agencies, "open": open_}
    return render(request, "budget/console/agencies.html", page)
