"""Send a report: the form, the villages of a kecamatan, the receipt."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai import context, signing, workcal
from balai.api.idempotency import idempotent
from modules.complaints import access, conf, limits, tokens
from modules.complaints.forms import ReportForm
from modules.complaints.selectors import case
from modules.complaints.services import intake


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent("complaints.report")
def new(request: HttpRequest) -> HttpResponseBase:
    """Show the form; store what comes back and go to its receipt."""
    user: Any = request.user
    signed_in = user.is_authenticated
    if request.method != "POST":
        return _page(request, ReportForm(signed_in=signed_in, initial=_wishes(request)))
    form = ReportForm(request.POST, request.FILES, signed_in=signed_in)
    valid = form.is_valid()
    if not limits.allow_report(request, form.cleaned_data.get("phone") or ""):
        form.add_error(None, _("Too many reports came at once. Wait ten minutes and send again."))
        return _page(request, form, status=429)
    if not valid:
        return _page(request, form, status=422)
    receipt = intake.report(
        draft=form.draft(translation.get_language() or "id"),
        reporter=user if signed_in else None,
        photos=form.cleaned_data["photos"],
    )
    report = receipt.complaint.uuid
    token = tokens.receipt_token(report, len(receipt.photo_problems))
    return redirect("complaints:receipt", token)


@require_safe
def villages(request: HttpRequest) -> HttpResponse:
    """Return the select with the kelurahan and desa of the chosen kecamatan."""
    return render(request, "complaints/parts/village.html", {"form": ReportForm(request.GET)})


@never_cache
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show number and secret once, to whoever just sent the report."""
    try:
        report, failed = tokens.read_receipt(token)
    except signing.SignatureExpired:
        return redirect("complaints:track")
    except signing.BadSignature as error:
        raise Http404 from error
    found = case.by_uuid(report)
    if found is None:
        raise Http404
    page = {"report": found, "secret": tokens.secret_of(report), "failed": failed}
    response = render(request, "complaints/receipt.html", page)
    access.remember(request, response, report)
    return response


def _wishes(request: HttpRequest) -> dict[str, str]:
    """Return what a link to the form has chosen already, such as ``?category=12``."""
    known = ("category", "district", "text")
    return {name: request.GET[name][:300] for name in known if name in request.GET}


def _page(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    rules = conf.current()
    page = {
        "form": form,
        "verify_by": workcal.add_working_days(timezone.now(), rules.verify_days),
        "rules": rules,
        "find_url": _find_url(),
    }
    return render(request, "complaints/new.html", page, status=status)


def _find_url() -> str:
    """Return the platform's list of the regions around this one: its province's.

    The point itself stays here: it belongs into no address and no log.
    """
    province = context.current_region().code[:2]
    return f"{settings.PUBLIC_SCHEME}://{settings.APEX_HOST}/find/?province={province}"
