"""From all agencies to one, and from one to a case."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai import context, csv_out
from balai.accounts.guards import desk_required
from balai.directory.models import Agency
from balai.modules import oversight
from balai.modules.oversight import FAIR_MINIMUM, Wanted
from modules.liveroom import scorecards_csv, services
from modules.liveroom.rights import LOOK
from modules.liveroom.selectors import instructions, scores

PER_PAGE = 25
ONLY = (
    ("open", pgettext_lazy("cases", "Open")), ("late", pgettext_lazy("cases", "Late")),
    ("all", pgettext_lazy("cases", "All")),
)  # fmt: skip
SORTS = (
    ("oldest", _("Oldest first")), ("due", _("By their date")), ("newest", _("Newest first")),
)  # fmt: skip


@never_cache
@require_safe
@desk_required(LOOK)
def agencies(request: HttpRequest) -> HttpResponse:
    """Show every agency's scorecard, by name, with its workload beside it."""
    name, span = scores.span(request.GET.get("period", ""))
    query = request.GET.get("q", "").strip()[:80]
    parts = scores.parts(span, query=query)
    page = {
        "parts": parts,
        "sources": [part.source for part in parts],
        "query": query,
        "period": name,
        "periods": scores.PERIODS,
        "span": span,
        "minimum": FAIR_MINIMUM,
    }
    return render(request, "liveroom/agencies.html", page)


@require_safe
@desk_required(LOOK)
def download(request: HttpRequest) -> StreamingHttpResponse:
    """Hand the scorecards out for a spreadsheet."""
    name, span = scores.span(request.GET.get("period", ""))
    query = request.GET.get("q", "").strip()[:80]
    slug = context.current_region().slug
    rows = list(scorecards_csv.lines(scores.parts(span, query=query)))
    return csv_out.response(f"agencies-{slug}-{name}-{span.last:%Y-%m-%d}.csv", rows)


@never_cache
@require_safe
@desk_required(LOOK)
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """Show one agency: its figures, what was instructed, and its cases."""
    found = get_object_or_404(Agency.objects.select_related("parent"), code=code)
    services.note_agency(user=request.user, code=found.code)  # type: ignore[arg-type]  # signed in
    name, span = scores.span(request.GET.get("period", ""))
    sources = list(oversight.active())
    asked = request.GET.get("module", "")
    source = next((one for one in sources if one.slug == asked), sources[0] if sources else None)
    wanted = Wanted(
        agency_id=found.pk,
        only=_choice(request, "only", ONLY),
        sort=_choice(request, "sort", SORTS),
        query=request.GET.get("q", "").strip()[:80],
    )
    rows = Paginator(source.cases(request.user, wanted) if source else [], PER_PAGE)
    page = {
        "agency": found,
        "parts": scores.parts(span, agency=found),
        "period": name,
        "periods": scores.PERIODS,
        "sources": sources,
        "source": source,
        "wanted": wanted,
        "only": ONLY,
        "sorts": SORTS,
        "page": rows.get_page(request.GET.get("page")),
        "hidden": source.hidden(request.user, found.pk) if source else 0,
        "instructions": instructions.about(request.user, agency=found),
        "minimum": FAIR_MINIMUM,
    }
    return render(request, "liveroom/agency.html", page)


@never_cache
@require_safe
@desk_required(LOOK)
def case(request: HttpRequest, module: str, reference: UUID) -> HttpResponse:
    """Show one case as its own module allows it to this viewer; else it does not exist."""
    source = oversight.find(module)
    found = source.case(request.user, str(reference)) if source else None
    if source is None or found is None:
        raise Http404
    services.note_case(
        user=request.user, module=module, reference=str(reference), number=found.case.number,  # type: ignore[arg-type]  # signed in: desk_required
    )  # fmt: skip
    page = {
        "source": source,
        "found": found,
        "agency": Agency.objects.filter(pk=found.case.agency_id or 0).first(),
        "instructions": instructions.about(request.user, reference=str(reference)),
        "now": timezone.now(),
    }
    return render(request, "liveroom/case.html", page)


def _choice(request: HttpRequest, name: str, choices: tuple[tuple[str, object], ...]) -> str:
    known = [key for key, _label in choices]
    asked = request.GET.get(name, "")
    return asked if asked in known else known[0]
