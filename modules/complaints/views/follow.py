"""Follow a report: by number and secret, by a notice's link, by account; and act on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import signing
from balai.files import UploadRejected
from modules.complaints import access, limits, tokens, turn, workflow
from modules.complaints.forms import ReopenForm, ReplyForm, TrackForm
from modules.complaints.models import Complaint
from modules.complaints.selectors import case, mine as mine_rows
from modules.complaints.services import editing, reporting
from modules.complaints.states import State
from modules.complaints.views import subscribe
from modules.complaints.views.common import own_report_or_404, report_or_404, story

PER_PAGE = 20
ANSWERS = ("answer", "reopen")
"""Pages that the buttons of a notice lead to; they ask, and change nothing."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponseBase:
    """Open a report with its number and secret; wrong guesses are counted."""
    form = TrackForm(request.POST or None, initial={"number": request.GET.get("number", "")[:30]})
    if request.method != "POST" or not form.is_valid():
        return render(request, "complaints/track.html", {"form": form})
    number, secret = form.cleaned_data["number"], form.cleaned_data["secret"]
    if limits.exhausted("track", request):
        return render(request, "complaints/too_many.html", status=429)
    found = case.by_number(number, secret)
    if found is None:
        limits.allow("track", request)
        form.add_error(None, _("No report has this number and secret. Check both."))
        return render(request, "complaints/track.html", {"form": form}, status=422)
    return _let_in(request, found)


@never_cache
@require_safe
def opened_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Open a report from the link in a notice."""
    try:
        found = case.by_uuid(tokens.read_link(token))
    except signing.SignatureExpired:
        return redirect("complaints:track")
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    wanted = request.GET.get("to", "")
    return _let_in(request, found, wanted if wanted in ANSWERS else "detail")


@never_cache
@require_safe
def detail(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show a report: to everybody what is public, to its reporter everything that is theirs."""
    found = report_or_404(request, report)
    response = _page(request, found)
    if access.is_reporter(request, found) and mine_rows.has_unread(found):
        reporting.seen(complaint=found)
    return response


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List the visitor's own reports: all, their turn, open, over, or found by words."""
    user: Any = request.user
    account = user.pk if user.is_authenticated else None
    own = mine_rows.Own(account=account, opened=access.opened(request))
    shown, query = request.GET.get("show", ""), request.GET.get("q", "")[:100]
    page = Paginator(mine_rows.reports(own, shown=shown, query=query), PER_PAGE).get_page(
        request.GET.get("page")
    )
    lines = [(report, turn.of(report)) for report in page.object_list]
    told = {
        "page": page,
        "lines": lines,
        "totals": mine_rows.totals(own),
        "shown": shown,
        "query": query,
    }
    return render(request, "complaints/mine.html", told)


@require_POST
def reply(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Write to the officers, perhaps with photos."""
    found = own_report_or_404(request, report)
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, reply_form=form, status=422)
    try:
        reporting.reply(
            complaint=found, text=form.cleaned_data["text"], photos=form.cleaned_data["photos"]
        )
    except (workflow.NotAllowed, UploadRejected) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, reply_form=form, status=422)
    messages.success(request, _("Sent. The officers have been told."))
    return redirect("complaints:detail", report)


@require_POST
def confirm(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Say that it is mended."""
    found = own_report_or_404(request, report)
    try:
        reporting.confirm(complaint=found)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The report is closed."))
    return redirect("complaints:detail", report)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, report: UUID) -> HttpResponseBase:
    """Say that it is not mended, and why."""
    found = own_report_or_404(request, report)
    form = ReopenForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        page = {"form": form, "report": found}
        return render(request, "complaints/reopen.html", page, status=status)
    try:
        reporting.reopen(
            complaint=found, reason=form.cleaned_data["text"], photos=form.cleaned_data["photos"]
        )
    except UploadRejected as refusal:
        form.add_error("photos", str(refusal))
        page = {"form": form, "report": found}
        return render(request, "complaints/reopen.html", page, status=422)
    except workflow.NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Opened again. The agency has been told."))
    return redirect("complaints:detail", report)


def _let_in(request: HttpRequest, complaint: Complaint, page: str = "detail") -> HttpResponse:
    response = redirect(f"complaints:{page}", complaint.uuid)
    access.remember(request, response, complaint.uuid)
    return response


def _page(
    request: HttpRequest,
    complaint: Complaint,
    *,
    reply_form: ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    own = access.is_reporter(request, complaint)
    page = {
        **story(complaint, own=own),
        **subscribe.state(request, complaint),
        **_rights(complaint, own),
        "reply_form": reply_form or ReplyForm(),
    }
    return render(request, "complaints/detail.html", page, status=status)


def _rights(complaint: Complaint, own: bool) -> dict[str, bool]:
    """Return what the reporter may do with the report now."""
    if not own:
        return {}
    return {
        "may_edit": editing.may_edit(complaint),
        "may_black_out": editing.may_black_out(complaint),
        "may_withdraw": not workflow.refusal("withdraw", complaint),
        "may_hide": not complaint.secret and complaint.state != State.REJECTED,
        "may_hide_name": complaint.identity == Complaint.Identity.NAMED,
    }
