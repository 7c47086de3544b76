"""A seeker applies and follows what becomes of it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.ui.paging import paged
from modules.jobs import story, workflow
from modules.jobs.forms import ApplyForm, WithdrawForm
from modules.jobs.models import Application, Seeker, Vacancy
from modules.jobs.selectors import public, seekers
from modules.jobs.services import applying
from modules.jobs.states import ApplicationState, EmployerState
from modules.jobs.views.common import personal, refusing
from modules.jobs.workflow import NotAllowed, Who


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, vacancy: UUID) -> HttpResponseBase:
    """Show what goes along, ask for a few words, send."""
    found = public.find(vacancy)
    if found is None or found.employer.state == EmployerState.SUSPENDED:
        raise Http404
    known = seekers.applied(request.user, found)
    if known is not None and known.state != ApplicationState.WITHDRAWN:
        return redirect("jobs:application", known.uuid)
    if not found.is_open():
        return redirect("jobs:detail", vacancy)
    seeker = seekers.profile(request.user)
    if seeker is None or not seeker.is_ready:
        messages.info(request, _("First tell who you are. Then you come back to the vacancy."))
        return redirect(f"{reverse('jobs:profile')}?{urlencode({'next': request.path})}")
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _send(request, found, seeker, form.cleaned_data["letter"])
    page = {"vacancy": found, "seeker": seeker, "form": form}
    return render(request, "jobs/apply.html", page, status=422 if form.is_bound else 200)


def _send(request: HttpRequest, vacancy: Vacancy, seeker: Seeker, letter: str) -> HttpResponseBase:
    try:
        row = applying.apply(vacancy=vacancy, seeker=seeker, letter=letter)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:detail", vacancy.uuid)
    messages.success(request, _("Your application is sent."))
    return redirect("jobs:application", row.uuid)


@personal
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the visitor's applications: all, their turn, open, over."""
    shown = request.GET.get("show", "")
    page = {
        "page": paged(request, seekers.applications(request.user, shown), 20),
        "totals": seekers.totals(request.user),
        "shown": shown if shown in seekers.SHOWN else "",
        "seeker": seekers.profile(request.user),
    }
    return render(request, "jobs/applications.html", page)


@personal
@require_safe
def detail(request: HttpRequest, application: UUID) -> HttpResponse:
    """Show where an application stands, what was said, and what the visitor can do."""
    found = _own(request, application)
    moves = {move.name for move in workflow.possible(found, Who.SEEKER)}
    page = {
        "application": found,
        "vacancy": found.vacancy,
        "steps": story.steps(found),
        "stages": story.stages(found),
        "can": moves,
    }
    return render(request, "jobs/application.html", page)


@personal
@refusing("jobs:application")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application: UUID) -> HttpResponseBase:
    """Ask, then take the application back."""
    found = _own(request, application)
    reason = workflow.problem(workflow.get(found, "withdraw"), found)
    if reason:
        raise NotAllowed(reason)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        user: Any = request.user
        applying.withdraw(application=found, by=user, text=form.cleaned_data["text"])
        messages.success(request, _("Taken back. While the vacancy is open you can apply again."))
        return redirect("jobs:application", application)
    return render(request, "jobs/withdraw.html", {"application": found, "form": form})


@personal
@refusing("jobs:application")
@require_POST
def choose(request: HttpRequest, application: UUID) -> HttpResponseBase:
    """Choose a time for the interview."""
    user: Any = request.user
    slot = _moment(request.POST.get("slot", ""))
    if slot is None:
        raise NotAllowed(_("Choose one of the times."))
    applying.choose_slot(application=_own(request, application), slot=slot, by=user)
    messages.success(request, _("The employer knows that you come."))
    return redirect("jobs:application", application)


@personal
@refusing("jobs:application")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, application: UUID) -> HttpResponseBase:
    """Ask, then take the offer."""
    found = _own(request, application)
    user: Any = request.user
    if request.method == "POST":
        applying.accept(application=found, by=user)
        messages.success(request, _("Congratulations. The employer has been told."))
        return redirect("jobs:application", application)
    words = {
        "question": _("Accept this offer?"),
        "stops": _("Your search for this vacancy ends: you are counted as hired."),
        "stays": _("Your other applications. Withdraw those you no longer need."),
        "yes": _("Yes, I accept"),
        "no": _("Not yet"),
        "back": reverse("jobs:application", args=[application]),
    }
    return render(request, "balai/confirm.html", words)


def _own(request: HttpRequest, application: UUID) -> Application:
    found = seekers.application(request.user, application)
    if found is None:
        raise Http404
    return found


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
