"""The console's pages of co-operations: what was agreed, the paper, its rules, its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.files import UploadRejected
from modules.partners import sources
from modules.partners.console_forms import CooperationForm, EndForm, RuleForm, districts
from modules.partners.models import Cooperation, Partner, SharingRule
from modules.partners.selectors import agreements as selector
from modules.partners.services import agreements, documents, people
from modules.partners.workflow import NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def new(request: HttpRequest, partner: UUID) -> HttpResponseBase:
    """Write down a new co-operation."""
    return _edit(request, get_object_or_404(Partner, uuid=partner), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, cooperation: UUID) -> HttpResponseBase:
    """Change a co-operation that has not been ended."""
    row = _one(cooperation)
    return _edit(request, row.partner, row)


def _edit(request: HttpRequest, partner: Partner, row: Cooperation | None) -> HttpResponseBase:
    form = CooperationForm(request.POST or None, request.FILES or None, cooperation=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = agreements.save_cooperation(
                partner=partner, told=form.cleaned_data, cooperation=row,
                upload=form.cleaned_data.get("document") or None,
            )  # fmt: skip
        except UploadRejected as refusal:
            form.add_error("document", str(refusal.message))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            if saved.standing() != "over":
                people.renew(partner=partner)
            messages.success(request, _("Saved."))
            return redirect("partners_console:cooperation", saved.uuid)
    page = {"form": form, "partner": partner, "row": row}
    status = 422 if request.method == "POST" else 200
    return render(request, "partners/console/paper_edit.html", page, status=status)


@never_cache
@require_safe
@console_required
def detail(request: HttpRequest, cooperation: UUID) -> HttpResponse:
    """Show what was agreed and which rules share by themselves."""
    row = _one(cooperation)
    known = sources.active()
    rules = [_told(rule, known) for rule in row.rules.all()]
    page = {
        "row": row, "partner": row.partner, "scope": selector.scope(row), "rules": rules,
        "sources": [one for slug, one in known.items() if row.categories.get(slug)],
        "areas": _areas(row.areas), "over": row.standing() == "over",
    }  # fmt: skip
    return render(request, "partners/console/paper.html", page)


def _told(rule: SharingRule, known: dict[str, sources.Source]) -> dict[str, Any]:
    source = known.get(rule.source)
    kinds = source.contract.case_kinds() if source else []
    return {
        "row": rule, "source": source.label if source else rule.source,
        "kinds": [kind.label for kind in kinds if kind.slug in rule.categories],
        "fields": sources.fields(rule.source, rule.fields), "areas": _areas(rule.areas),
    }  # fmt: skip


def _areas(codes: list[str]) -> list[str]:
    names = dict(districts()) if codes else {}
    return [names.get(code, code) for code in codes]


@never_cache
@require_safe
@console_required
def document(request: HttpRequest, cooperation: UUID) -> HttpResponseBase:
    """Send the signed paper as a download."""
    row = _one(cooperation)
    if row.document_key is None:
        raise Http404
    try:
        data = default_storage.open(documents.path(row.document_key))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        data, as_attachment=True, filename=row.document_name, content_type="application/pdf"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def end(request: HttpRequest, cooperation: UUID) -> HttpResponseBase:
    """Ask why, then end a co-operation at once."""
    row, form = _one(cooperation), EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agreements.end_cooperation(cooperation=row, reason=form.cleaned_data["reason"])
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Ended. Its partner reads nothing under it any more."))
        return redirect("partners_console:cooperation", row.uuid)
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "row": row, "partner": row.partner}
    return render(request, "partners/console/paper_end.html", page, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def new_rule(request: HttpRequest, cooperation: UUID, source: str) -> HttpResponseBase:
    """Let some cases of a source be shared by themselves."""
    row, place = _one(cooperation), sources.get(source)
    if place is None or not row.categories.get(source):
        raise Http404
    form = RuleForm(request.POST or None, cooperation=row, source=place)
    if request.method == "POST" and form.is_valid():
        try:
            agreements.add_rule(cooperation=row, told={**form.cleaned_data, "source": source})
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("From now on these are shared by themselves."))
            return redirect("partners_console:cooperation", row.uuid)
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "row": row, "partner": row.partner, "source": place}
    return render(request, "partners/console/rule.html", page, status=status)


@require_POST
@console_required
def switch_rule(request: HttpRequest, rule: UUID) -> HttpResponseBase:
    """Let a rule rest, or work again."""
    found = get_object_or_404(SharingRule.objects.select_related("cooperation"), uuid=rule)
    active = request.POST.get("do") == "on"
    agreements.switch_rule(rule=found, active=active)
    said = _("The rule works again.") if active else _("The rule rests. Shared cases stay shared.")
    messages.success(request, said)
    return redirect("partners_console:cooperation", found.cooperation.uuid)


def _one(reference: UUID) -> Cooperation:
    row = selector.cooperation(reference)
    if row is None:
        raise Http404
    return row
