"""The states of the budget: publish one, take it back, delete it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.ui import formats
from modules.budget import workflow
from modules.budget.models import Snapshot
from modules.budget.services import publishing

MOVES = {move.name for move in workflow.MOVES}


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every state, the newest first, with what can be done with it."""
    may = request.user.has_perm(workflow.PUBLISH)
    rows = [
        (row, workflow.possible(row.state) if may else []) for row in Snapshot.objects.all()
    ]  # fmt: skip
    return render(request, "budget/desk/states.html", {"rows": rows, "here": "states"})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: uuid.UUID, move: str) -> HttpResponseBase:
    """Ask, then make a move."""
    if move not in MOVES:
        raise Http404
    if not request.user.has_perm(workflow.PUBLISH):
        raise PermissionDenied
    row = get_object_or_404(Snapshot, uuid=reference)
    if request.method != "POST":
        return render(request, "balai/confirm.html", _question(row, move))
    try:
        publishing.move(snapshot=row, name=move, by=request.user)  # type: ignore[arg-type]  # signed in
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        done = {
            "publish": _("Published. Everybody sees it now."),
            "withdraw": _("Taken back. Publish it again at any time."),
            "delete": _("Deleted."),
        }
        messages.success(request, done[move])
    return redirect("budget_desk:states")


def _question(row: Snapshot, move: str) -> dict[str, Any]:
    day = {"year": row.year, "day": formats.long_date(row.as_of)}
    words = {
        "publish": (
            _("Publish the budget %(year)s as of %(day)s?") % day, "",
            _("Earlier states stay readable. It can be taken back at any time."), _("Publish"),
        ),
        "withdraw": (
            _("Take the budget %(year)s as of %(day)s back?") % day,
            _("Nobody but officers sees it. The state before it is shown instead, if any."),
            _("All lines stay. It can be published again at any time."), _("Take back"),
        ),
        "delete": (
            _("Delete the budget %(year)s as of %(day)s?") % day,
            _("Its lines and totals are gone for good. Only the same file brings them back."),
            _("Other days and years stay as they are."), _("Delete"),
        ),
    }  # fmt: skip
    question, stops, stays, yes = words[move]
    return {
        "question": question, "stops": stops, "stays": stays, "yes": yes, "no": _("No, leave it"),
        "back": reverse("budget_desk:states"), "danger": move == "delete",
        "confirm_base": "balai/desk.html",
    }  # fmt: skip
