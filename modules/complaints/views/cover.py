"""The desk's page on which faces and plates in a photo are covered by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.accounts.guards import desk_required
from balai.files import UploadRejected
from modules.complaints import rights, workflow
from modules.complaints.cover_forms import BoxesForm
from modules.complaints.models import Photo
from modules.complaints.selectors import desk
from modules.complaints.services import blurring


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(workflow.VERIFY)
def page(request: HttpRequest, report: UUID, file: UUID) -> HttpResponseBase:
    """Show a photo to draw boxes on; POST covers them, or takes the covering back."""
    photo = _photo_or_404(request, report, file)
    if request.method == "POST" and request.POST.get("do") == "undo":
        return _undo(request, photo)
    boxes = BoxesForm(request.POST or None, prefix="box")
    if request.method != "POST" or not boxes.is_valid():
        return _page(request, photo, boxes, status=422 if request.method == "POST" else 200)
    drawn = [box for form in boxes if (box := form.box()) is not None]
    try:
        covered = blurring.cover(photo=photo, boxes=drawn, by=_user(request))
    except (workflow.NotAllowed, UploadRejected) as refusal:
        return _page(request, photo, boxes, problem=str(refusal), status=422)
    messages.success(request, _("Covered. Look whether nothing was forgotten."))
    return redirect("complaints_desk:cover", report, covered.file.uuid)


def _undo(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    try:
        photo = blurring.uncover(photo=photo, by=_user(request))
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The photo is as it was sent."))
    return redirect("complaints_desk:cover", photo.complaint.uuid, photo.file.uuid)


def _page(
    request: HttpRequest, photo: Photo, boxes: Any, *, problem: str = "", status: int = 200
) -> HttpResponse:
    shown = {"photo": photo, "report": photo.complaint, "boxes": boxes, "problem": problem}
    return render(request, "complaints/desk_cover.html", shown, status=status)


def _photo_or_404(request: HttpRequest, report: UUID, file: UUID) -> Photo:
    found = desk.find(request.user, report)
    if found is None or not rights.has(request.user, workflow.VERIFY, found):
        raise Http404
    photo = Photo.objects.filter(complaint=found, file__uuid=file)
    first = photo.select_related("file", "original", "complaint").first()
    if first is None:
        raise Http404
    return first


def _user(request: HttpRequest) -> Any:
    return request.user
