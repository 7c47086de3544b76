"""What waits for a person: orders to check, objections, requests to go live, stopped openings."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.directory import reference
from balai.ui.paging import paged
from provisioning.golive import services as golives
from provisioning.models import Claim, GoLiveRequest, LegalBasis, Opening, OpeningState
from provisioning.models.claim import ClaimState
from provisioning.models.opening import StepState
from provisioning.opening import steps
from provisioning.opening.launch import launch
from provisioning.operators import unmet
from provisioning.operators.forms import DecisionForm
from provisioning.operators.guard import page
from provisioning.operators.ranks import Who
from provisioning.signup import claims as objections, services as signup
from provisioning.views.console import pdf
from provisioning.views.wizard import posted
from tenants.models import Region

PER_PAGE: Final = 25
form_page = require_http_methods(["GET", "HEAD", "POST"])


@page()
@require_safe
def reviews(request: HttpRequest, who: Who) -> HttpResponse:
    """List orders with an unofficial address: those that wait, or those decided."""
    orders = Opening.objects.select_related("region")
    waiting = orders.filter(state=OpeningState.REVIEW).order_by("requested_at")
    decided = orders.filter(state=OpeningState.REFUSED) | orders.filter(
        approved_at__isnull=False
    ).exclude(email__iendswith=".go.id")
    return _queue(request, who, "reviews", waiting, decided.order_by("-requested_at"))


@page()
@form_page
def review(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Show an order; approve or refuse it."""
    opening = get_object_or_404(Opening, uuid=uuid)

    def decide(form: DecisionForm) -> None:
        if form.approved:
            launch(signup.approve(opening, note=form.cleaned_data["answer"]))
        else:
            signup.refuse(opening, answer=form.cleaned_data["answer"])

    shown = {"opening": opening, "place": reference.find(opening.code) if opening.code else None,
             "open": opening.state == OpeningState.REVIEW}  # fmt: skip
    return _decision(request, who, "reviews", "review", shown, decide)


@page()
@require_safe
def claims(request: HttpRequest, who: Who) -> HttpResponse:
    """List objections: those that wait, or those decided."""
    waiting = Claim.objects.filter(state=ClaimState.OPEN).order_by("created_at")
    return _queue(request, who, "claims", waiting, Claim.objects.exclude(state=ClaimState.OPEN))


@page()
@form_page
def claim(request: HttpRequest, who: Who, uuid: UUID) -> HttpResponse:
    """Show an objection; uphold or refuse it."""
    row = get_object_or_404(Claim, uuid=uuid)

    def decide(form: DecisionForm) -> None:
        objections.decide(row, upheld=form.approved, answer=form.cleaned_data["answer"])

    region = Region.objects.filter(code=row.code).exclude(state="closed").first()
    shown = {"claim": row, "place": reference.find(row.code), "region": region,
             "open": row.state == ClaimState.OPEN}  # fmt: skip
    return _decision(request, who, "claims", "claim", shown, decide)


@page()
@require_safe
def golive(request: HttpRequest, who: Who) -> HttpResponse:
    """List requests to leave the sandbox: those that wait, or those decided."""
    rows = GoLiveRequest.objects.select_related("region")
    waiting = rows.filter(decided_at=None).order_by("created_at")
    return _queue(request, who, "golive", waiting, rows.exclude(decided_at=None))


@page()
@form_page
def golive_request(request: HttpRequest, who: Who, pk: int) -> HttpResponse:
    """Show a request to go live; approve or refuse it."""
    row = get_object_or_404(GoLiveRequest.objects.select_related("region"), pk=pk)

    def decide(form: DecisionForm) -> None:
        golives.decide(row, approved=form.approved, answer=form.cleaned_data["answer"])

    shown = {
        "asked": row,
        "letters": LegalBasis.objects.filter(region=row.region),
        "missing": unmet.labels(row.region, row.missing),
        "open": row.decided_at is None,
    }
    return _decision(request, who, "golive", "golive_request", shown, decide)


@page()
@require_safe
def letter(request: HttpRequest, who: Who, pk: int) -> HttpResponseBase:
    """Hand out the agreement or decree that a region uploaded."""
    return pdf(get_object_or_404(LegalBasis, pk=pk))


@page()
@require_safe
def openings(request: HttpRequest, who: Who) -> HttpResponse:
    """List openings that stopped at a step, and those under way."""
    rows = Opening.objects.filter(state__in=(OpeningState.FAILED, OpeningState.RUNNING))
    found = Paginator(rows.prefetch_related("steps").order_by("requested_at"), PER_PAGE)
    part = found.get_page(request.GET.get("page"))
    lines = [
        (opening, [(step, steps.label(step.name)) for step in opening.steps.all()
                   if step.state != StepState.DONE])
        for opening in part.object_list
    ]  # fmt: skip
    shown = {"who": who, "page": part, "lines": lines, "here": "openings"}
    return render(request, "provisioning/operations/openings.html", shown)


def _queue(
    request: HttpRequest, who: Who, name: str, waiting: QuerySet[Any], decided: QuerySet[Any]
) -> HttpResponse:
    past = request.GET.get("show") == "decided"
    rows: QuerySet[Model] = decided if past else waiting
    found = paged(request, rows, PER_PAGE)
    shown = {"who": who, "page": found, "past": past, "waiting": waiting.count(), "here": name}
    return render(request, f"provisioning/operations/{name}.html", shown)


def _decision(
    request: HttpRequest, who: Who, queue: str, template: str, shown: dict[str, Any], decide: Any
) -> HttpResponse:
    """Show one thing with its form; keep what was typed when it cannot be done."""
    form = DecisionForm(posted(request))
    if request.method == "POST":
        who.require("act")
        if form.is_valid():
            try:
                decide(form)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Decided; the other side is told by mail."))
                return redirect(f"operations:{queue}")
    shown |= {"who": who, "form": form, "here": queue}
    status = 422 if form.errors else 200
    return render(request, f"provisioning/operations/{template}.html", shown, status=status)
