"""The console's home: what is left to do, the sandbox, the request to go live."""

from math import ceil
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from balai import context
from balai.accounts.guards import console_required
from provisioning import sample, tasks
from provisioning.forms_console import AskForm, LegalForm
from provisioning.golive import checklist, services
from provisioning.models import LegalBasis
from provisioning.views.wizard import posted
from tenants.models import Region
from tenants.states import State

HOME = "provisioning_console:index"


@console_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the checklist and where the region is in its life."""
    return _home(request, AskForm())


@console_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to go live."""
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            services.ask(by=_user(request), note=form.cleaned_data["note"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("We have your request. An operator looks at it."))
            return redirect(HOME)
    return _home(request, form, status=422)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def legal(request: HttpRequest) -> HttpResponse:
    """Take the agreement or decree."""
    form = LegalForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.add_legal_basis(by=_user(request), **form.cleaned_data)
        messages.success(request, _("The document is kept. Only admins and operators can see it."))
        return redirect(HOME)
    region = context.current_region()
    with context.platform():
        kept = list(LegalBasis.objects.filter(region_id=region.id))
    status = 422 if form.errors else 200
    return render(
        request, "provisioning/console/legal.html", {"form": form, "kept": kept}, status=status
    )


@console_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out an uploaded document to the region's admins."""
    region = context.current_region()
    with context.platform():
        kept = LegalBasis.objects.filter(region_id=region.id, pk=pk).first()
    if kept is None:
        raise Http404
    return pdf(kept)


@console_required
@require_http_methods(["GET", "HEAD", "POST"])
def attest(request: HttpRequest, key: str) -> HttpResponse:
    """Keep that somebody tried 112 out."""
    if key != checklist.EMERGENCY:
        raise Http404
    if request.method == "POST":
        services.attest(key=key, by=_user(request))
        messages.success(request, _("Noted, with your name."))
        return redirect(HOME)
    return render(request, "provisioning/console/attest.html")


@console_required
@require_POST
def sample_load(request: HttpRequest) -> HttpResponse:
    """Have a worker put sample data in."""
    try:
        tasks.load_sample.delay()
    except OperationalError:
        messages.error(request, _("The workers cannot be reached just now. Try again in a minute."))
    else:
        messages.success(request, _("Sample data are being put in; it takes a moment."))
    return redirect(HOME)


@console_required
@require_POST
def sample_clear(request: HttpRequest) -> HttpResponse:
    """Take the sample data out."""
    count = sample.clear()
    messages.success(request, _("Sample data removed: %(n)d entries.") % {"n": count})
    return redirect(HOME)


def pdf(kept: LegalBasis) -> FileResponse:
    """Return a document as a download that no page can embed or run."""
    name = f"{kept.kind}-{kept.pk}.pdf"
    return FileResponse(kept.document.open("rb"), as_attachment=True, filename=name,
                        content_type="application/pdf")  # fmt: skip


def _home(request: HttpRequest, form: AskForm, status: int = 200) -> HttpResponse:
    region = context.current_region()
    with context.platform():
        until = Region.objects.values_list("sandbox_until", flat=True).get(pk=region.id)
    checks = checklist.checks()
    left = (until - timezone.now()).total_seconds() if until else 0
    days = max(0, ceil(left / 86400))
    page = {"checks": checks, "done": sum(check.done for check in checks), "days": days,
            "until": until, "sandbox": region.state == State.SANDBOX, "form": form,
            "share": sum(check.done for check in checks) / len(checks),
            "asked": services.open_request(region), "sample_offered": sample.offered()}  # fmt: skip
    return render(request, "provisioning/console/home.html", page, status=status)


def _user(request: HttpRequest) -> Any:
    return request.user
