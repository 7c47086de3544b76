"""Many reports at once: choose, say what, fifteen seconds to take it back, then what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.complaints import conf, rights
from modules.complaints.actions import bulk as buttons
from modules.complaints.bulk_forms import BulkForm
from modules.complaints.models import BulkAction
from modules.complaints.selectors import bulk as selector, canned, desk, desk_counts
from modules.complaints.services import bulk
from modules.complaints.views import desk_inbox
from modules.complaints.workflow import NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(rights.DESK)
def choose(request: HttpRequest) -> HttpResponseBase:
    """Ask what the chosen action needs to know, then let it wait for its time."""
    button = buttons.named(request.POST.get("do", ""))
    if request.method != "POST" or button not in buttons.offered(request.user):
        return redirect(_inbox(request))
    picked, found = _picked(request)
    if not picked:
        messages.error(request, _("Choose at least one report."))
        return redirect(_inbox(request))
    if "sent" not in request.POST or "insert" in request.POST:
        form = button.form(user=request.user, count=len(picked), initial=_prefilled(request))
        return _ask(request, button, form, picked, found)
    form = button.form(request.POST, user=request.user, count=len(picked))
    if not form.is_valid():
        return _ask(request, button, form, picked, found, status=422)
    try:
        bulk.schedule(action=button.name, targets=picked, values=form.values(), by=_user(request))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect(_inbox(request))


@never_cache
@require_safe
@desk_required(rights.DESK)
def result(request: HttpRequest, action: UUID) -> HttpResponse:
    """List what was done, what was refused and why."""
    found = _own_or_404(request, action)
    page = {
        **desk_inbox.bulk_line(found),
        "targets": selector.targets(request.user, found),
        "kept": desk_inbox.kept(request),
        "bulk_topics": " ".join(selector.TOPICS),
    }
    whole = "HX-Request" not in request.headers
    name = "desk_bulk_result" if whole else "parts/desk_bulk_outcome"
    return render(request, f"complaints/{name}.html", page)


@never_cache
@require_safe
@desk_required(rights.DESK)
def banner(request: HttpRequest) -> HttpResponse:
    """Return the line about the latest bulk action alone, for the live update."""
    page = {**desk_inbox.bulk_line(selector.latest(request.user)), "kept": desk_inbox.kept(request)}
    return render(request, "complaints/parts/desk_bulk_banner.html", page)


@require_POST
@desk_required(rights.DESK)
def undo(request: HttpRequest, action: UUID) -> HttpResponseBase:
    """Take a bulk action back before it begins."""
    found = _own_or_404(request, action)
    try:
        bulk.take_back(action=found)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("complaints_desk:bulk-result", found.uuid)
    count = len(found.targets)
    words = ngettext(
        "Taken back: nothing happened to %(n)s report.",
        "Taken back: nothing happened to %(n)s reports.", count,
    )  # fmt: skip
    messages.success(request, words % {"n": count})
    return redirect(_inbox(request))


def _ask(
    request: HttpRequest,
    button: buttons.BulkButton,
    form: BulkForm,
    picked: list[UUID],
    found: int,
    status: int = 200,
) -> HttpResponse:
    replies = canned.for_many(request.user) if getattr(form, "canned", False) else []
    page = {
        "button": button,
        "form": form,
        "picked": picked,
        "chosen": desk.by_uuid(request.user, picked),
        "found": found,
        "replies": [(reply, reply.text) for reply in replies],
        "most": bulk.MOST,
        "seconds": conf.current().bulk_wait_seconds,
        "kept": desk_inbox.kept(request),
    }
    return render(request, "complaints/desk_bulk.html", page, status=status)


def _picked(request: HttpRequest) -> tuple[list[UUID], int]:
    """Return the chosen reports, at most as many as a bulk action takes, and how many fit
    (counted as far as a page tells).

    With ``all`` these are the first that fit the inbox's filters, in its order.
    """
    if request.POST.get("all"):
        filters, now = desk_inbox.filters_of(request), timezone.now()
        picked = [row.uuid for row in desk.first(request.user, filters, now, bulk.MOST)]
        counted = desk_counts.counts(request.user, now, listed=filters)
        return picked, counted.listed or 0
    picked = []
    for text in request.POST.getlist("pick")[: bulk.MOST]:
        try:
            picked.append(UUID(text))
        except ValueError:
            continue
    return picked, len(picked)


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    """Return what a form begins with: the prepared answer that was chosen without a script."""
    known = {str(reply.uuid): reply for reply in canned.for_many(request.user)}
    chosen = known.get(request.POST.get("canned", "")) if "insert" in request.POST else None
    return {"text": chosen.text} if chosen else {}


def _own_or_404(request: HttpRequest, reference: UUID) -> BulkAction:
    found = selector.own(request.user, reference)
    if found is None:
        raise Http404
    return found


def _inbox(request: HttpRequest) -> str:
    query = desk_inbox.kept(request)
    return reverse("complaints_desk:index") + (f"?{query}" if query else "")


def _user(request: HttpRequest) -> Any:
    return request.user
