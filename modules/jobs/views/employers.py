"""An employer's own pages: sign up, look after it, let colleagues in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai import notify, signing
from balai.api.idempotency import idempotent
from balai.context import current_region
from balai.ui.paging import paged
from modules.jobs import conf, rights, story, workflow
from modules.jobs.employer_forms import EmployerForm, InviteForm
from modules.jobs.models import Employer
from modules.jobs.selectors import employers as rows
from modules.jobs.services import employers
from modules.jobs.views.common import employer_or_404, personal
from modules.jobs.workflow import NotAllowed


@personal
@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Show the employers the visitor acts for; explain the way to those who act for none."""
    found = rows.of_user(request.user)
    if len(found) == 1:
        return redirect("jobs:employer", found[0].uuid)
    page = {"employers": found, "rules": conf.current()}
    return render(request, "jobs/employers.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent("jobs.employer")
def register(request: HttpRequest) -> HttpResponseBase:
    """Sign an employer up."""
    user: Any = request.user
    known = {"contact_name": user.name, "email": user.email or "", "phone": user.phone or ""}
    form = EmployerForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid():
        try:
            row = employers.register(told=form.cleaned_data, by=user)
        except NotAllowed as refusal:
            form.add_error("nib", str(refusal))
        else:
            messages.success(request, _("Your registration has been sent."))
            return redirect("jobs:employer", row.uuid)
    page = {"form": form, "rules": conf.current()}
    return render(request, "jobs/employer_form.html", page, status=422 if form.is_bound else 200)


@personal
@require_safe
def detail(request: HttpRequest, employer: UUID) -> HttpResponse:
    """Show an employer's vacancies, what is owed, and where its registration stands."""
    found = employer_or_404(request, employer)
    shown = request.GET.get("show", "")
    listed = rows.vacancies(found)
    if shown in rows.SHOWN:
        listed = listed.filter(rows.SHOWN[shown])
    now = timezone.now()
    page = {
        "employer": found,
        "shown": shown if shown in rows.SHOWN else "",
        "totals": rows.tabs(found),
        "page": paged(request, listed, 20),
        "owed": rows.owed(found, now),
        "held": workflow.overdue(found, now),
        "now": now,
        "others": len(rows.of_user(request.user)) > 1,
    }
    return render(request, "jobs/employer.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, employer: UUID) -> HttpResponseBase:
    """Change what is known of an employer."""
    found = employer_or_404(request, employer)
    user: Any = request.user
    form = EmployerForm(request.POST if request.method == "POST" else None, employer=found)
    if form.is_bound and form.is_valid():
        try:
            employers.amend(employer=found, told=form.cleaned_data, by=user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("jobs:employer", employer)
    page = {"form": form, "employer": found, "steps": story.steps(found), "rules": conf.current()}
    return render(request, "jobs/employer_form.html", page, status=422 if form.is_bound else 200)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, employer: UUID) -> HttpResponseBase:
    """Show who acts for an employer; its owners invite colleagues."""
    found = employer_or_404(request, employer)
    owner = rights.owns(request.user, found)
    form = InviteForm(request.POST if request.method == "POST" and owner else None)
    if form.is_bound and form.is_valid():
        _invite(found, form.cleaned_data["email"])
        messages.success(request, _("The invitation has been sent."))
        return redirect("jobs:people", employer)
    page = {"employer": found, "members": rows.members(found), "owner": owner, "form": form}
    return render(request, "jobs/people.html", page, status=422 if form.is_bound else 200)


def _invite(employer: Employer, email: str) -> None:
    token = employers.invitation(employer, email)
    url = current_region().base_url + reverse("jobs:join", args=[token])
    notify.send(
        template="jobs/invited",
        to=notify.Recipient(email=email),
        context={"employer": employer.name, "url": url},
        dedupe_key=f"jobs.invited:{token[-60:]}",
    )


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, employer: UUID, person: UUID) -> HttpResponseBase:
    """Ask, then end a colleague's right to act for an employer."""
    found = employer_or_404(request, employer)
    member = next((row for row in rows.members(found) if row.user.uuid == person), None)
    if member is None:
        raise Http404
    user: Any = request.user
    back = reverse("jobs:people", args=[employer])
    if request.method != "POST":
        words = {
            "question": _("Take this right from %(name)s?") % {"name": member.user.label},
            "stops": _("They no longer see vacancies and applicants of this employer."),
            "stays": _("What they have written and decided."),
            "yes": _("Yes, take it away"), "no": _("No"), "back": back, "danger": True,
        }  # fmt: skip
        return render(request, "balai/confirm.html", words)
    try:
        employers.remove(member=member, by=user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    messages.success(request, _("Done."))
    return redirect("jobs:employers" if member.user_id == user.pk else back)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take an invitation on: only the account of the invited address can."""
    try:
        reference, email = employers.read_invitation(token)
    except signing.BadSignature as error:
        raise Http404 from error
    found = rows.by_uuid(reference)
    user: Any = request.user
    if found is None or (user.email or "").lower() != email:
        raise Http404
    if request.method == "POST":
        employers.join(employer=found, user=user)
        messages.success(request, _("You now act for %(name)s.") % {"name": found.name})
        return redirect("jobs:employer", found.uuid)
    words = {
        "question": _("Act for %(name)s?") % {"name": found.name},
        "stops": _("You see its vacancies and applicants and answer in its name."),
        "yes": _("Yes"), "no": _("No"), "back": reverse("jobs:index"),
    }  # fmt: skip
    return render(request, "balai/confirm.html", words)
