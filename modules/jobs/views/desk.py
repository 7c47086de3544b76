"""The office's queues: employers to check, vacancies to review."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from balai.ui.paging import paged
from modules.jobs import flags, rights, story, topics, workflow
from modules.jobs.desk_forms import form_for
from modules.jobs.models import Employer, Vacancy
from modules.jobs.selectors import desk
from modules.jobs.services import employers, moving, vacancies
from modules.jobs.states import EmployerState
from modules.jobs.workflow import REVIEW, VERIFY, NotAllowed, Who

LABELS: dict[str, tuple[Any, str]] = {
    "verify": (gettext_lazy("Verify"), "badge-check"),
    "return": (gettext_lazy("Send back"), "pencil"),
    "suspend": (gettext_lazy("Suspend"), "ban"),
    "reinstate": (gettext_lazy("Lift the suspension"), "rotate-ccw"),
    "recheck": (gettext_lazy("Check anew"), "rotate-ccw"),
    "publish": (gettext_lazy("Publish"), "badge-check"),
    "send_back": (gettext_lazy("Send back"), "pencil"),
    "take_down": (gettext_lazy("Take off the site"), "ban"),
}
TO_DRAFT = ("send_back", "take_down")
"""A draft is the employer's own: its page is closed to the office."""


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """List employers, those that wait first."""
    return render(request, "jobs/desk/employers.html", _employers(request))


@never_cache
@require_safe
@desk_required(rights.DESK)
def employer_rows(request: HttpRequest) -> HttpResponse:
    """Return the list of employers alone, for the live update."""
    return render(request, "jobs/desk/parts/employer_rows.html", _employers(request))


def _employers(request: HttpRequest) -> dict[str, Any]:
    tab = request.GET.get("tab", "")
    tab = tab if tab in desk.EMPLOYERS else "pending"
    query = request.GET.get("q", "")[:80]
    return {
        "tab": tab, "query": query, "now": timezone.now(), "counts": desk.employer_counts(),
        "page": paged(request, desk.employers(tab, query), 25),
        "topics": " ".join(topics.EMPLOYERS),
    }  # fmt: skip


@never_cache
@require_safe
@desk_required(rights.DESK)
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """List vacancies, those that wait for review first."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in desk.VACANCIES else "review"
    query = request.GET.get("q", "")[:80]
    found = paged(request, desk.vacancies(tab, query), 25)
    counts = desk.vacancy_counts()
    page = {
        "tab": tab, "query": query, "now": timezone.now(), "counts": counts, "page": found,
        "rows": [(row, flags.words(row.flags)) for row in found.object_list],
        "topics": " ".join(topics.VACANCIES), "known": str(counts[tab]),
    }  # fmt: skip
    return render(request, "jobs/desk/vacancies.html", page)


@never_cache
@require_safe
@desk_required(rights.DESK)
def vacancy_tabs(request: HttpRequest) -> HttpResponse:
    """Return the tabs alone, for the live update.

    The list is not changed under an officer's hands, who may have ticked some of it: a line says
    that it has changed.
    """
    tab = request.GET.get("tab", "")
    tab = tab if tab in desk.VACANCIES else "review"
    counts = desk.vacancy_counts()
    page = {"tab": tab, "counts": counts, "changed": request.GET.get("known") != str(counts[tab])}
    return render(request, "jobs/desk/parts/vacancy_tabs.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(VERIFY)
def employer(request: HttpRequest, employer: UUID) -> HttpResponseBase:
    """Show what an officer checks of an employer; POST decides."""
    found = desk.employer(employer)
    if found is None:
        raise Http404
    told = {
        "employer": found,
        "npwp": _npwp(found),
        "twins": desk.same_name(found),
        "template": "jobs/desk/employer.html",
    }
    return _decide(request, found, told, _verify)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(REVIEW)
def vacancy(request: HttpRequest, vacancy: UUID) -> HttpResponseBase:
    """Show a vacancy with its flags; POST decides."""
    found = desk.vacancy(vacancy)
    if found is None:
        return _taken_back(request, vacancy)
    told = {
        "vacancy": found,
        "flags": flags.words(found.flags),
        "placed": desk.placed(found),
        "template": "jobs/desk/vacancy.html",
    }
    return _decide(request, found, told, _publish)


@require_POST
@desk_required(REVIEW)
def publish_many(request: HttpRequest) -> HttpResponseBase:
    """Publish the chosen vacancies that carry no flag; the others are left for a closer look."""
    chosen = [_uuid(text) for text in request.POST.getlist("pick")[:100]]
    clean = desk.clean_in_review([found for found in chosen if found])
    user: Any = request.user
    done = 0
    for row in clean:
        try:
            vacancies.publish(vacancy=row, by=user)
        except (NotAllowed, PermissionDenied):  # moved on, over, or the officer's own firm's
            continue
        done += 1
    if done:
        said = ngettext("%(n)d vacancy is published.", "%(n)d vacancies are published.", done)
        messages.success(request, said % {"n": done})
    if done < len(chosen):
        messages.warning(
            request,
            _("Some were not published: they have flags, are over, or are your own firm's."),
        )
    return redirect("jobs_desk:vacancies")


def _npwp(row: Employer) -> str:
    """Return the tax number whole while it is checked: a person's is their NIK."""
    whole = row.state == EmployerState.PENDING
    return employers.npwp(row) if whole else employers.npwp_tail(row)


def _verify(name: str, row: Employer, user: Any, text: str) -> None:
    if name == "verify":
        employers.verify(employer=row, by=user)
    else:
        moving.move(name, row, by=user, text=text)


def _publish(name: str, row: Vacancy, user: Any, text: str) -> None:
    if name == "publish":
        vacancies.publish(vacancy=row, by=user)
    else:
        moving.move(name, row, by=user, text=text)


def _decide(
    request: HttpRequest, row: Any, told: dict[str, Any], carry_out: Callable[..., None]
) -> HttpResponseBase:
    """Show ``row`` with the moves an officer can make, or make the one that was asked for."""
    user: Any = request.user
    possible = list(workflow.possible(row, Who.OFFICER))
    offered = [move.name for move in possible if rights.allowed(user, move, row)]
    wanted = request.POST.get("do") or request.GET.get("do", "")
    action = wanted if wanted in offered else ""
    form = form_for(action, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if action and (form is None or form.is_valid()):
            try:
                carry_out(action, row, user, form.cleaned_data["text"] if form else "")
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("Done. The employer has been told."))
            return redirect("jobs_desk:vacancies" if action in TO_DRAFT else request.path)
        if not action:
            messages.error(request, str(workflow.MOVED_ON))
            return redirect(request.path)
        status = 422
    page = {
        **told,
        "own": bool(possible) and not offered,
        "steps": story.steps(row),
        "now": timezone.now(),
        "buttons": [(name, *LABELS[name]) for name in LABELS if name in offered],
        "action": action,
        "action_label": LABELS[action][0] if action else "",
        "form": form,
    }
    return render(request, told["template"], page, status=status)


def _taken_back(request: HttpRequest, reference: UUID) -> HttpResponseBase:
    """Say that the employer has a vacancy back on whose page the officer still was."""
    if request.method != "POST" or not desk.is_draft(reference):
        raise Http404
    messages.error(request, str(workflow.MOVED_ON))
    return redirect("jobs_desk:vacancies")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
