"""The page of another authority: it takes a report on with the link from a letter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai import signing
from modules.complaints import conf, tokens, workflow
from modules.complaints.models import OutsideCase
from modules.complaints.partner_forms import AcknowledgeForm
from modules.complaints.selectors import outside
from modules.complaints.services import transferring
from modules.complaints.views.common import place_map


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: HttpRequest, token: str) -> HttpResponse:
    """Show the report without its reporter, and take it on."""
    try:
        found = outside.by_uuid(tokens.read_partner(token, conf.current().transfer_days))
    except signing.SignatureExpired:
        return render(request, "complaints/partner_over.html", status=410)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    if found.state == OutsideCase.State.ACKNOWLEDGED:
        return render(request, "complaints/partner_done.html", {"report": found.complaint})
    if not outside.is_with_them(found):
        return render(request, "complaints/partner_over.html", status=410)
    return _answer(request, found)


def _answer(request: HttpRequest, found: OutsideCase) -> HttpResponse:
    form = AcknowledgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            transferring.acknowledge(
                outside=found, reference=told["reference"], note=told["note"]
            )  # fmt: skip
        except workflow.NotAllowed:
            return render(request, "complaints/partner_over.html", status=410)
        return render(request, "complaints/partner_done.html", {"report": found.complaint})
    page = {
        "form": form,
        "report": found.complaint,
        "receiver": found.receiver,
        "map": place_map(found.complaint),
    }
    return render(
        request, "complaints/partner.html", page, status=422 if request.method == "POST" else 200
    )
