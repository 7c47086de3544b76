"""Share a case by hand: find it, see what the partner will read, share it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from modules.partners import sources
from modules.partners.desk_forms import ShareForm
from modules.partners.selectors import agreements, shares
from modules.partners.services import sharing
from modules.partners.sources import Facts, Source
from modules.partners.states import State
from modules.partners.workflow import SHARE, NotAllowed

FOUND = 20


@never_cache
@require_safe
@desk_required(SHARE)
def find(request: HttpRequest) -> HttpResponse:
    """Find a case among those the visitor may pass on."""
    known = sources.active()
    slug = request.GET.get("source", "")
    source = known.get(slug) or next(iter(known.values()), None)
    query = request.GET.get("q", "")[:80]
    found = source.contract.search_cases(request.user, query, FOUND) if source else []
    page = {"sources": list(known.values()), "source": source, "query": query, "rows": found}
    return render(request, "partners/desk/find.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(SHARE)
def case(request: HttpRequest, source: str, case: UUID) -> HttpResponseBase:
    """Show who may have a case and what they would read; POST shares it."""
    place, facts = _found(request, source, case)
    papers = agreements.covering(place.slug, facts)
    form = ShareForm(request.POST or None, source=place, papers=papers)
    posted = request.method == "POST"
    if posted and form.is_valid():
        told, user = form.cleaned_data, request.user
        wish = sharing.Wish(
            source=place, facts=facts, cooperation=told["paper"], fields=told["fields_told"],
            reason=told["reason"],
        )  # fmt: skip
        try:
            made = sharing.share(wish=wish, by=user)  # type: ignore[arg-type]  # guarded
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            waits = made.state == State.HELD
            said = _("Waits for a second person.") if waits else _("Shared.")
            messages.success(request, said)
            return redirect("partners_desk:share", made.uuid)
    page = {
        **_preview(place, facts, papers), "form": form, "papers": papers,
        "shared": shares.of_case(facts.uuid), "source": place, "facts": facts,
    }  # fmt: skip
    return render(request, "partners/desk/case.html", page, status=422 if posted else 200)


def _found(request: HttpRequest, slug: str, reference: UUID) -> tuple[Source, Facts]:
    source = sources.get(slug)
    if source is None or not source.contract.may_share(request.user, reference):
        raise Http404
    facts = source.case(reference)
    if facts is None:
        raise Http404
    return source, facts


def _preview(source: Source, facts: Facts, papers: list[Any]) -> dict[str, Any]:
    """Return what could be read; a sealed case's words stay sealed for who proposes it, too."""
    sealed = sharing.is_sealed(source, facts)
    agreed = {key for row in papers for key in row.fields.get(source.slug, [])}
    details = [] if sealed else source.contract.case_details(facts.uuid, agreed)
    photos = [] if sealed or "photos" not in agreed else source.contract.case_photos(facts.uuid)
    return {
        "sealed": sealed, "details": details, "photos": len(photos),
        "label": _("Sealed case") if sealed else facts.label,
    }  # fmt: skip
