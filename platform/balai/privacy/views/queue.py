"""The console's queue of requests: late ones first, each with its clock, an answer for each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai import audit
from balai.accounts.guards import console_required
from balai.privacy import law, subjects
from balai.privacy.forms import AnswerForm
from balai.privacy.models import Breach, DataRequest
from balai.privacy.services import requests
from balai.privacy.states import OPEN
from balai.privacy.views.mine import Line
from balai.ui.paging import paged

PER_PAGE = 50


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List open requests, the next deadline first, or those that were answered."""
    now = timezone.now()
    answered = request.GET.get("show") == "answered"
    rows = DataRequest.objects.select_related("user")
    if answered:
        rows = rows.exclude(state__in=OPEN).order_by("-decided_at", "-id")
    else:
        rows = rows.filter(state__in=OPEN).order_by("due_at", "id")
    page = paged(request, rows, PER_PAGE)
    shown = {
        "page_obj": page,
        "lines": [Line(row, row.status(now)) for row in page.object_list],
        "answered": answered,
        "breaches": Breach.objects.exclude(state="sent", authority_at__isnull=False).count(),
    }
    return render(request, "privacy/console/queue.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def case(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show one request and answer it; that its words were read is in the audit log."""
    row = get_object_or_404(
        DataRequest.objects.select_related("user", "decided_by"), uuid=request_id
    )
    form = AnswerForm(request.POST or None, kind=row.kind)
    if request.method == "POST" and form.is_valid():
        if _answer(request, row, form):
            return redirect("privacy_console:index")
    elif request.method == "GET" and row.asked:
        audit.record(action="privacy.request_read", target=row.number)
    shown = {
        "row": row,
        "status": row.status(timezone.now()),
        "form": form,
        "words": _words(row),
        "may_answer": row.open and row.kind != law.Kind.DELETION,
        "may_refuse": row.open,
        "articles": law.ARTICLES[law.Kind(row.kind)],
    }
    return render(
        request, "privacy/console/request.html", shown, status=422 if form.errors else 200
    )


def _answer(request: HttpRequest, row: DataRequest, form: AnswerForm) -> bool:
    told: dict[str, Any] = form.cleaned_data
    user: Any = request.user
    try:
        if told["outcome"] == "refuse":
            requests.refuse(request=row, by=user, ground=told["ground"], answer=told["answer"])
        else:
            requests.fulfil(request=row, by=user, answer=told["answer"])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("Answered. The person has been told."))
    return True


def _words(row: DataRequest) -> list[tuple[str, str]]:
    labels = {
        "part": _("Where it stands"), "wrong": _("What is wrong"), "right": _("What is right"),
        "reason": _("What should rest, and why"),
    }  # fmt: skip
    titles = subjects.titles()
    return [
        (labels.get(name, name), titles.get(value, value) if name == "part" else value)
        for name, value in row.words.items()
    ]
