"""Failed background jobs: look, send again, put aside, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.ui.paging import paged
from provisioning.models import FailedTask, TaskState
from provisioning.operators import failures
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who

PER_PAGE = 25


@page()
@require_safe
def jobs(request: HttpRequest, who: Who) -> HttpResponse:
    """List failed jobs by what became of them."""
    show = request.GET.get("show", TaskState.OPEN)
    if show not in TaskState.values:
        show = TaskState.OPEN
    rows = FailedTask.objects.select_related("region").filter(state=show)
    found = paged(request, rows, PER_PAGE)
    shown = {"who": who, "page": found, "show": show, "states": TaskState.choices, "here": "jobs"}
    return render(request, "provisioning/operations/jobs.html", shown)


@page("act")
@require_POST
def retry(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Send a job again."""
    return _do(request, pk, failures.retry, _("The job has been sent to the workers again."))


@page("act")
@require_POST
def dismiss(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Put a job aside."""
    return _do(request, pk, failures.dismiss, _("Put aside. You find it under “Set aside”."))


@page("act")
@require_POST
def reopen(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Take a job back."""
    return _do(request, pk, failures.reopen, _("The job is to be looked at again."))


def _do(request: HttpRequest, pk: int, work: Callable[[Any], None], done: str) -> HttpResponse:
    row = get_object_or_404(FailedTask.objects.select_related("region"), pk=pk)
    try:
        work(row)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("operations:jobs")
