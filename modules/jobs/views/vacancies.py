"""An employer writes a vacancy, follows it, and reports what came of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from balai.api.idempotency import idempotent
from balai.ui.paging import paged
from modules.jobs import conf, flags, story, workflow
from modules.jobs.employer_forms import ExtendForm, OutcomeForm, VacancyForm
from modules.jobs.models import Vacancy
from modules.jobs.selectors import employers as rows
from modules.jobs.services import hiring, moving, vacancies
from modules.jobs.states import LIVE, UNDECIDED, ApplicationState
from modules.jobs.views.common import (
    employer_or_404,
    personal,
    refusing,
    vacancy_or_404,
)
from modules.jobs.workflow import Who

ENDING = ("fill", "close")
ASKS_FIRST = ("revise", "close", "fill", "discard")
DONE = {
    "submit": gettext_lazy("Handed in. An officer looks at it."),
    "recall": gettext_lazy("Taken back. You can change it."),
    "revise": gettext_lazy("Taken off the site. Change it and hand it in again."),
    "pause": gettext_lazy("Paused: nobody can apply."),
    "resume": gettext_lazy("Open again."),
    "fill": gettext_lazy("Closed as filled."),
    "close": gettext_lazy("Closed."),
    "reopen": gettext_lazy("Open again."),
}


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent("jobs.vacancy")
def new(request: HttpRequest, employer: UUID) -> HttpResponseBase:
    """Write a vacancy: kept as a draft, or handed in at once."""
    found = employer_or_404(request, employer)
    form = VacancyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        user: Any = request.user
        row = vacancies.save_draft(employer=found, told=form.cleaned_data, by=user)
        return _after_saving(request, row)
    page = {"form": form, "employer": found, "held": workflow.overdue(found, timezone.now())}
    return render(request, "jobs/vacancy_form.html", page, status=422 if form.is_bound else 200)


@personal
@refusing("jobs:vacancy")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, vacancy: UUID) -> HttpResponseBase:
    """Change a draft."""
    found = vacancy_or_404(request, vacancy)
    form = VacancyForm(request.POST if request.method == "POST" else None, vacancy=found)
    if form.is_bound and form.is_valid():
        user: Any = request.user
        row = vacancies.save_draft(
            employer=found.employer, told=form.cleaned_data, by=user, vacancy=found
        )
        return _after_saving(request, row)
    page = {"form": form, "employer": found.employer, "vacancy": found}
    return render(request, "jobs/vacancy_form.html", page, status=422 if form.is_bound else 200)


def _after_saving(request: HttpRequest, row: Vacancy) -> HttpResponseBase:
    """Hand the draft in if that was the button; a refusal leaves it a draft and says why."""
    if "submit" not in request.POST:
        messages.success(request, _("Kept as a draft."))
        return redirect("jobs:vacancy", row.uuid)
    user: Any = request.user
    try:
        moving.move("submit", row, by=user)
    except workflow.NotAllowed as refusal:
        messages.error(request, _("Kept as a draft. %(why)s") % {"why": refusal})
    else:
        messages.success(request, str(DONE["submit"]))
    return redirect("jobs:vacancy", row.uuid)


@personal
@require_http_methods(["GET", "HEAD"])
def detail(request: HttpRequest, vacancy: UUID) -> HttpResponse:
    """Show one vacancy to its employer: where it stands, who applied, what can be done."""
    found = vacancy_or_404(request, vacancy)
    shown, counts = request.GET.get("show", ""), rows.applicant_counts(found)
    page = {
        "vacancy": found,
        "employer": found.employer,
        "steps": story.steps(found),
        "flags": flags.words(found.flags),
        "can": {move.name for move in workflow.possible(found, Who.EMPLOYER)},
        "why_not": workflow.problem(workflow.get(found, "submit"), found),
        "counts": counts,
        "applicant_states": ApplicationState.choices[:-1],
        "all": sum(number for state, number in counts.items() if state != "withdrawn"),
        "shown": shown,
        "page": paged(request, rows.applicants(found, shown), 20),
        "late": rows.late(found),
        "extend": ExtendForm() if found.state in LIVE else None,
        "rules": conf.current(),
    }
    return render(request, "jobs/vacancy.html", page)


@personal
@refusing("jobs:vacancy")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, vacancy: UUID, what: str) -> HttpResponseBase:
    """Carry out one of the employer's moves; what harms is asked first."""
    found = vacancy_or_404(request, vacancy)
    if what != "discard" and what not in DONE:
        return redirect("jobs:vacancy", vacancy)
    if request.method != "POST":
        if what not in ASKS_FIRST:
            return redirect("jobs:vacancy", vacancy)
        return _ask(request, found, what)
    user: Any = request.user
    if what == "discard":
        vacancies.discard(vacancy=found, by=user)
        messages.success(request, _("Thrown away."))
        return redirect("jobs:employer", found.employer.uuid)
    if what in ENDING:
        vacancies.end(what, vacancy=found, by=user)
    else:
        changes = {"ended_at": None} if what == "reopen" else None
        moving.move(what, found, by=user, changes=changes)
    messages.success(request, str(DONE[what]))
    return redirect("jobs:vacancy", vacancy)


@personal
@refusing("jobs:vacancy")
@require_POST
def extend(request: HttpRequest, vacancy: UUID) -> HttpResponseBase:
    """Give a live vacancy a later last day."""
    found = vacancy_or_404(request, vacancy)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        raise workflow.NotAllowed(_("Choose a day."))
    user: Any = request.user
    vacancies.extend(vacancy=found, until=form.cleaned_data["valid_until"], by=user)
    messages.success(request, _("Saved."))
    return redirect("jobs:vacancy", vacancy)


@personal
@refusing("jobs:vacancy")
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, vacancy: UUID) -> HttpResponseBase:
    """Report the outcome of a vacancy that has ended."""
    found = vacancy_or_404(request, vacancy)
    if found.state not in workflow.get(found, "report").sources:
        raise workflow.NotAllowed(workflow.MOVED_ON)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _report(found, form.cleaned_data, request.user)
        messages.success(request, _("Thank you. The outcome is reported."))
        return redirect("jobs:vacancy", vacancy)
    counts = rows.applicant_counts(found)
    page = {
        "vacancy": found,
        "form": form,
        "hired": counts.get("hired", 0),
        "waiting": sum(counts.get(state, 0) for state in UNDECIDED),
        "late": rows.late(found),
    }
    return render(request, "jobs/outcome.html", page, status=422 if form.is_bound else 200)


@transaction.atomic
def _report(vacancy: Vacancy, told: dict[str, Any], user: Any) -> None:
    if told["reject_rest"]:
        hiring.reject_rest(vacancy=vacancy, text=told["words"], by=user)
    vacancies.report(vacancy=vacancy, elsewhere=told["elsewhere"], text=told["remark"], by=user)


QUESTIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "revise": lambda: {
        "question": _("Take the vacancy off the site to change it?"),
        "stops": _("Nobody finds it until an officer has looked at it again."),
        "stays": _("Who has applied, and their applications."),
        "yes": _("Yes, take it off"),
    },
    "close": lambda: {
        "question": _("Close the vacancy?"),
        "stops": _("Nobody can apply any more. You report the outcome within some days."),
        "stays": _("The applicants. While its last day is not over you can open it again."),
        "yes": _("Yes, close it"),
    },
    "fill": lambda: {
        "question": _("Close the vacancy as filled?"),
        "stops": _("Nobody can apply any more. You report the outcome within some days."),
        "stays": _("The applicants. While its last day is not over you can open it again."),
        "yes": _("Yes, it is filled"),
    },
    "discard": lambda: {
        "question": _("Throw the draft away?"),
        "stops": _("The draft is gone. It cannot be undone."),
        "yes": _("Yes, throw it away"),
        "danger": True,
    },
}


def _ask(request: HttpRequest, vacancy: Vacancy, what: str) -> HttpResponse:
    back = reverse("jobs:vacancy", args=[vacancy.uuid])
    page = {"no": _("No, leave it"), "back": back, **QUESTIONS[what]()}
    return render(request, "balai/confirm.html", page)
