"""Pages for an officer's phone: the cases near, one case, its evidence. They work offline."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.api.idempotency import idempotent
from balai.files import UploadRejected
from modules.complaints import conf, deadline, rights, services, workflow
from modules.complaints.field_forms import SLOTS, EvidenceForm
from modules.complaints.models import Complaint, Photo
from modules.complaints.selectors import areas, case, desk, fieldwork
from modules.complaints.services import capturing, fieldwork as going
from modules.complaints.workflow import HANDLE, NotAllowed, Who

DONE = ("resolve", "submit")


@never_cache
@require_safe
@desk_required(HANDLE)
def index(request: HttpRequest) -> HttpResponse:
    """List open cases within reach; the phone sorts them by distance when it may."""
    wanted = request.GET.get("district", "")
    district = int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None
    mine = request.GET.get("mine") == "1"
    rows = fieldwork.cases(request.user, district=district, mine=mine)
    stops = list(fieldwork.stops(rows, timezone.now()))
    page = {
        "stops": stops,
        "full": len(stops) == fieldwork.MOST,
        "districts": areas.districts(),
        "district": district,
        "mine": mine,
    }
    return render(request, "complaints/field/list.html", page)


@never_cache
@require_safe
@desk_required(HANDLE)
def detail(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show one case with its camera form; permissions for photos are issued with it."""
    return _page(request, _case_or_404(request, report), EvidenceForm())


@never_cache
@require_POST
@desk_required(HANDLE)
def nonces(request: HttpRequest, report: UUID) -> HttpResponse:
    """Give permissions for photos that are taken without a network, good for a day."""
    found = _case_or_404(request, report)
    user: Any = request.user
    try:
        rows = capturing.issue(complaint=found, by=user, count=len(SLOTS), prefetched=True)
    except NotAllowed as refusal:
        return JsonResponse({"code": "too_many", "message": str(refusal)}, status=429)
    until = capturing.good_until(rows)
    return JsonResponse({"nonces": [str(row.nonce) for row in rows], "until": until})


@never_cache
@require_POST
@desk_required(HANDLE)
@idempotent("complaints.field_way")
def on_the_way(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Say that the officer is on the way."""
    found = _case_or_404(request, report)
    user: Any = request.user
    try:
        going.go(complaint=found, by=user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _page(request, found, EvidenceForm(), status=422)
    messages.success(request, _("The reporter sees that you are on the way."))
    return redirect("complaints_desk:field-case", report)


@never_cache
@require_POST
@desk_required(HANDLE)
@idempotent("complaints.field_evidence")
def submit(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Hand in evidence; what waited on the phone arrives here as it was taken."""
    found = _case_or_404(request, report)
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    user: Any = request.user
    try:
        services.resolve(
            complaint=found, text=form.cleaned_data["text"], photos=form.shots(), by=user
        )
    except (NotAllowed, UploadRejected) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form, status=422)
    messages.success(request, _("Handed in: %(number)s.") % {"number": found.number})
    return redirect("complaints_desk:field")


def _case_or_404(request: HttpRequest, report: UUID) -> Complaint:
    """Return a case the officer handles; what is out of reach looks like absent."""
    found = desk.find(request.user, report)
    if found is None or not rights.has(request.user, HANDLE, found):
        raise Http404
    return found


def _page(
    request: HttpRequest, report: Complaint, form: EvidenceForm, status: int = 200
) -> HttpResponse:
    photos = case.photos(report, approved_only=False)
    possible = {move.name for move in workflow.possible(report, Who.STAFF)}
    ready = not possible.isdisjoint(DONE)
    page = {
        "report": report,
        "due": deadline.of(report),
        "before": [photo for photo in photos if photo.stage == Photo.Stage.BEFORE],
        "can_go": ready or "accept" in possible,
        "can_submit": ready,
        "form": form,
        "slots": _slots(request, report) if ready else [],
        "photo_required": conf.current().photo_required,
    }
    return render(request, "complaints/field/case.html", page, status=status)


def _slots(request: HttpRequest, report: Complaint) -> list[tuple[int, str]]:
    """Return the photo slots with a permission each, good for ten minutes without JavaScript."""
    user: Any = request.user
    if request.method == "HEAD":
        return [(slot, "") for slot in SLOTS]
    try:
        rows = capturing.issue(complaint=report, by=user, count=len(SLOTS))
    except NotAllowed:  # too many begun: the photos count as not taken here, and are not lost
        return [(slot, "") for slot in SLOTS]
    return [(slot, str(row.nonce)) for slot, row in zip(SLOTS, rows, strict=True)]
