"""The console's audit log: look, verify, take along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from balai import audit, context, csv_out
from balai.accounts.guards import console_required
from balai.audit import chain, selectors
from balai.audit.forms import FilterForm
from balai.endpoints import Endpoint, belongs
from balai.ui.paging import paged

PER_PAGE = 50
COLUMNS = (
    "seq", "at", "actor_label", "actor_uuid", "action", "target", "before", "after", "reason",
    "request_id", "hash",
)  # fmt: skip


@console_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the entries that fit the filter, newest first."""
    form = FilterForm(request.GET)
    page = paged(request, selectors.entries(form.wanted()), PER_PAGE)
    query = request.GET.copy()
    query.pop("page", None)
    shown = {"form": form, "page": page, "query": query.urlencode(), "filtered": bool(query)}
    return render(request, "audit/index.html", shown)


@console_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain and say what came out."""
    broken = audit.verify()
    if broken:
        text = _("The log was tampered with at number %(seq)s (%(problem)s). Tell the platform.")
        problem = {"missing": _("missing"), "unlinked": _("put in"), "altered": _("altered")}
        messages.error(request, text % {"seq": broken.seq, "problem": problem[broken.problem]})
    else:
        text = _("All %(count)s entries are unchanged. Fingerprint of the last: %(hash)s")
        head = chain.head()
        messages.success(request, text % {"count": head.seq, "hash": head.hash[:16]})
    return redirect("audit_console:index")


@belongs(Endpoint.EXPORT)
@console_required
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the entries that fit the filter as CSV; the export itself is recorded."""
    found = selectors.entries(FilterForm(request.GET).wanted())
    audit.record(action="audit.exported", after={"filter": request.GET.urlencode()})
    day = date_format(localtime(), "Y-m-d")
    rows = found.values_list(*COLUMNS).iterator(chunk_size=1000)
    name = f"audit-{context.current_region().slug}-{day}.csv"
    return csv_out.response(name, (row for part in ((COLUMNS,), rows) for row in part))
