"""What a reporter may still do: object to a rejection, get a dossier for the Ombudsman."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.complaints import dossier, rights, workflow
from modules.complaints.models import Complaint
from modules.complaints.partner_forms import AppealForm
from modules.complaints.selectors import desk, remedies
from modules.complaints.services import appealing
from modules.complaints.views.common import own_report_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Object to a rejection, once; what was typed comes back with what is wrong with it."""
    found = own_report_or_404(request, report)
    form = AppealForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        page = {"form": form, "report": found, "until": remedies.appeal_until(found)}
        return render(request, "complaints/appeal.html", page, status=status)
    try:
        appealing.appeal(complaint=found, reason=form.cleaned_data["text"])
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The coordinator looks at your report once more."))
    return redirect("complaints:detail", report)


@require_POST
def consent(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Allow that the dossier names the reporter and that the coordinator hands it on."""
    found = own_report_or_404(request, report)
    try:
        appealing.consent_to_dossier(complaint=found)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The dossier may be handed to the Ombudsman."))
    return redirect("complaints:detail", report)


@never_cache
@require_safe
def own_dossier(request: HttpRequest, report: UUID) -> HttpResponse:
    """Give the reporter the dossier of an unfinished case."""
    found = own_report_or_404(request, report)
    if not remedies.dossier_open(found):
        raise Http404
    return _pdf(found)


@never_cache
@require_safe
@desk_required(rights.DESK)
def desk_dossier(request: HttpRequest, report: UUID) -> HttpResponse:
    """Give the coordinator the dossier that the reporter has consented to."""
    found = desk.find(request.user, report)
    if found is None or not rights.has(request.user, workflow.VERIFY, found):
        raise Http404
    if not remedies.dossier_open(found) or found.dossier_consent_at is None:
        raise Http404
    return _pdf(found)


def _pdf(complaint: Complaint) -> HttpResponse:
    answer = HttpResponse(dossier.build(complaint), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{complaint.number}.pdf"'
    return answer
