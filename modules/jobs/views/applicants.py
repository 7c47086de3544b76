"""An employer reads one application and answers it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from modules.jobs import story, workflow
from modules.jobs.hiring_forms import form_for
from modules.jobs.models import Application
from modules.jobs.services import hiring
from modules.jobs.views.common import applicant_or_404, personal, refusing
from modules.jobs.workflow import Who

LABELS = {
    "shortlist": (_("Put on the shortlist"), "list-checks"),
    "invite": (_("Invite to an interview"), "calendar-plus"),
    "offer": (_("Make an offer"), "handshake"),
    "hire": (_("Hired"), "badge-check"),
    "reject": (_("Decline"), "circle-x"),
    "reconsider": (_("Take the decision back"), "rotate-ccw"),
}
"""What an employer can do, in the order of the buttons."""
DONE = {
    "shortlist": _("On the shortlist. The applicant has been told."),
    "invite": _("Invited. The applicant chooses a time."),
    "offer": _("The offer has been sent."),
    "hire": _("Recorded as hired."),
    "reject": _("Declined. The applicant has been told."),
    "reconsider": _("Taken back: on the shortlist again."),
}


@personal
@refusing("jobs:applicant")
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, application: UUID) -> HttpResponseBase:
    """Show who applied; ``?do=`` opens the form of an answer, POST sends it."""
    found = applicant_or_404(request, application)
    user: Any = request.user
    if request.method == "GET":
        found = _seen(found, user)
    offered = [move.name for move in workflow.possible(found, Who.EMPLOYER) if move.name in LABELS]
    wanted = request.POST.get("do") or request.GET.get("do", "")
    action = wanted if wanted in offered else ""
    if request.method != "POST":
        return _page(request, found, offered, action, form_for(action) if action else None)
    if not action:
        raise workflow.NotAllowed(workflow.MOVED_ON)
    form = form_for(action, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, found, offered, action, form, status=422)
    try:
        carry_out(action, found, form, user)
    except workflow.NotAllowed as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
        return _page(request, found, offered, action, form, status=422)
    messages.success(request, str(DONE[action]))
    return redirect("jobs:applicant", application)


def carry_out(name: str, application: Application, form: Any, user: Any) -> None:
    """Make one of the employer's moves with what its form says."""
    if name == "invite":
        data = form.cleaned_data
        hiring.invite(
            application=application, slots=form.slots, place=data["place"],
            shared=data["shared"], text=data["text"], by=user,
        )  # fmt: skip
    elif name in ("offer", "hire", "reject"):
        getattr(hiring, name)(application=application, text=form.cleaned_data["text"], by=user)
    else:
        getattr(hiring, name)(application=application, by=user)


def _seen(application: Application, user: Any) -> Application:
    """Note that it was opened, and return it with what the page shows."""
    fresh = hiring.see(application=application, by=user)
    application.state, application.history = fresh.state, fresh.history
    return application


def _page(
    request: HttpRequest,
    found: Application,
    offered: list[str],
    action: str,
    form: Any,
    status: int = 200,
) -> HttpResponse:
    page = {
        "application": found,
        "vacancy": found.vacancy,
        "seeker": found.seeker,
        "steps": story.steps(found),
        "buttons": [(name, *LABELS[name]) for name in LABELS if name in offered],
        "action": action,
        "action_label": LABELS[action][0] if action else "",
        "form": form,
    }
    return render(request, "jobs/applicant.html", page, status=status)
