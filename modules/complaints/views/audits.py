"""The list of closed reports that wait for a second look."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.complaints import conf
from modules.complaints.selectors import audits, evidence
from modules.complaints.workflow import VALIDATE

PER_PAGE = 25
WINDOW = timedelta(days=90)


@never_cache
@require_safe
@desk_required(VALIDATE)
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits, and what reporters and audits said of the last 90 days."""
    rows = Paginator(audits.waiting(request.user), PER_PAGE)
    page = {
        "page": rows.get_page(request.GET.get("page")),
        "percent": conf.current().audit_percent,
        "records": evidence.agency_record(since=timezone.now() - WINDOW, user=request.user),
    }
    return render(request, "complaints/audits.html", page)
