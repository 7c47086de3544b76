"""The console's pages of prepared answers: the list, one of them, and its removal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import console_required
from modules.complaints.canned_forms import CannedReplyForm
from modules.complaints.models import CannedReply
from modules.complaints.selectors import canned
from modules.complaints.services import prepared
from modules.complaints.states import STATUSES


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List every prepared answer with where it is offered."""
    page = {"replies": [(reply, STATUSES.get(reply.state)) for reply in canned.every()]}
    return render(request, "complaints/console/answers.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, answer: UUID | None = None) -> HttpResponseBase:
    """Change one prepared answer, or add one."""
    found = _one_or_404(answer) if answer else None
    before = prepared.traced(found) if found else None
    form = CannedReplyForm(request.POST or None, instance=found)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        page = {"form": form, "answer": found, "name": before["label"] if before else ""}
        return render(request, "complaints/console/answer.html", page, status=status)
    saved = prepared.save_reply(reply=form.save(commit=False), before=before)
    messages.success(request, _("Saved: %(label)s.") % {"label": saved.label})
    return redirect("complaints_console:answers")


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def delete(request: HttpRequest, answer: UUID) -> HttpResponseBase:
    """Ask before a prepared answer is removed."""
    found = _one_or_404(answer)
    if request.method == "POST":
        prepared.delete_reply(reply=found)
        messages.success(request, _("Deleted: %(label)s.") % {"label": found.label})
        return redirect("complaints_console:answers")
    page = {
        "confirm_base": "balai/console.html",
        "question": _("Delete the prepared answer “%(label)s”?") % {"label": found.label},
        "stays": _("Everything that was written with it."),
        "yes": _("Delete"),
        "no": _("Keep it"),
        "back": reverse("complaints_console:answer", args=[found.uuid]),
        "danger": True,
    }
    return render(request, "balai/confirm.html", page)


def _one_or_404(answer: UUID) -> CannedReply:
    found = canned.one(answer)
    if found is None:
        raise Http404
    return found
