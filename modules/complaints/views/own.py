"""What a reporter does with their own report: answer, mend, black out, hide, take back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.files import UploadRejected
from modules.complaints import turn, workflow
from modules.complaints.models import Complaint, Photo
from modules.complaints.own_forms import BlackoutForm, EditForm, WithdrawForm
from modules.complaints.selectors import case
from modules.complaints.services import editing
from modules.complaints.states import State
from modules.complaints.views.common import own_report_or_404

PAGE = ["GET", "HEAD", "POST"]
HIDINGS: dict[str, Callable[..., Complaint]] = {
    "report": editing.hide,
    "name": editing.hide_name,
}


@never_cache
@require_safe
def answer(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Show what was done and two buttons: mended, or not. Opening the page changes nothing."""
    found = own_report_or_404(request, report)
    if found.state != State.RESOLVED:
        return redirect("complaints:detail", report)
    photos = case.photos(found, approved_only=False)
    page = {
        "report": found,
        "turn": turn.of(found),
        "words": _last_words(found),
        "before": [photo for photo in photos if photo.stage == Photo.Stage.BEFORE],
        "after": [photo for photo in photos if photo.stage == Photo.Stage.AFTER],
    }
    return render(request, "complaints/answer.html", page)


@never_cache
@require_http_methods(PAGE)
def edit(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Let the reporter mend the report until somebody has verified it."""
    found = own_report_or_404(request, report)
    if not editing.may_edit(found):
        messages.info(request, _("Somebody has read the report by now. You can black words out."))
        return redirect("complaints:detail", report)
    photos = case.photos(found, approved_only=False)
    held = [photo for photo in photos if photo.stage == Photo.Stage.BEFORE]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EditForm(*sent, complaint=found, held=held)
    if form.is_bound and form.is_valid():
        try:
            editing.edit(complaint=found, edit=form.edit())
        except (workflow.NotAllowed, UploadRejected) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Changed."))
            return redirect("complaints:detail", report)
    page = {"form": form, "report": found}
    status = 422 if form.is_bound else 200
    return render(request, "complaints/edit.html", page, status=status)


@never_cache
@require_http_methods(PAGE)
def black_out(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Let the reporter pick words to black out; the second step asks once more."""
    found = own_report_or_404(request, report)
    if not editing.may_black_out(found):
        return redirect("complaints:detail", report)
    form = BlackoutForm(request.POST if request.method == "POST" else None, complaint=found)
    page = {"form": form, "report": found, "sure": False}
    if form.is_bound and form.is_valid():
        if "sure" not in request.POST and form.cleaned_data["parts"]:
            return render(request, "complaints/blackout.html", {**page, "sure": True})
        try:
            editing.black_out(complaint=found, parts=form.chosen())
        except workflow.NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Blacked out, for everybody and for good."))
            return redirect("complaints:detail", report)
    status = 422 if form.is_bound else 200
    return render(request, "complaints/blackout.html", page, status=status)


@never_cache
@require_http_methods(PAGE)
def withdraw(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Ask whether the report shall really be taken back, then do it."""
    found = own_report_or_404(request, report)
    why_not = workflow.refusal("withdraw", found)
    if why_not:
        messages.error(request, str(why_not))
        return redirect("complaints:detail", report)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            editing.withdraw(complaint=found, reason=form.cleaned_data["text"])
        except workflow.NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back. Nobody works on it any more."))
        return redirect("complaints:detail", report)
    page = {"form": form, "report": found}
    return render(request, "complaints/withdraw.html", page, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(PAGE)
def hide(request: HttpRequest, report: UUID, what: str) -> HttpResponseBase:
    """Make the report, or its reporter's name, more private; there is no way back."""
    found = own_report_or_404(request, report)
    if what not in HIDINGS:
        raise Http404
    if request.method != "POST":
        return _ask_to_hide(request, found, what)
    try:
        HIDINGS[what](complaint=found)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. It cannot be undone."))
    return redirect("complaints:detail", report)


def _ask_to_hide(request: HttpRequest, found: Complaint, what: str) -> HttpResponse:
    back = reverse("complaints:detail", args=[found.uuid])
    if what == "report":
        words = {
            "question": _("Take this report from the public pages?"),
            "stops": _(
                "Only you and the officers on the case can read it. Its followers get no more news."
            ),
            "stays": _("The work on it. You get news as before."),
            "yes": _("Yes, make it secret"),
        }
    else:
        words = {
            "question": _("Hide your name from the agency?"),
            "stops": _("From now on only the coordinator sees who you are."),
            "stays": _("What the agency has read already, and the work on the report."),
            "yes": _("Yes, hide my name"),
        }
    page = {**words, "no": _("Leave it as it is"), "back": back, "details": ""}
    return render(request, "balai/confirm.html", page)


def _last_words(complaint: Complaint) -> str:
    """Return what the agency wrote when it declared the work done."""
    lines = [e for e in case.entries(complaint, case.REPORTER) if e.move in ("resolve", "submit")]
    return lines[-1].text if lines else ""
