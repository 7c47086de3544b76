"""One market's prices of one day: checked, sent back, verified, corrected once published."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.prices import conf, workflow
from modules.prices.desk_forms import AnswerForm, ReasonForm
from modules.prices.entry_form import EntryForm
from modules.prices.models import Round
from modules.prices.selectors import overview, published
from modules.prices.selectors.panel import sheet
from modules.prices.services import publishing, verifying
from modules.prices.views.desk import to_day
from modules.prices.views.entry import sheet_context
from modules.prices.workflow import PUBLISH, VERIFY, NotAllowed


@never_cache
@require_safe
@desk_required(VERIFY)
def detail(request: HttpRequest, round_: UUID) -> HttpResponse:
    """Show what was typed, beside what it cost before and what was said about outliers."""
    return _page(request, _or_404(round_), AnswerForm())


@require_POST
@desk_required(VERIFY)
def verify(request: HttpRequest, round_: UUID) -> HttpResponseBase:
    """Declare the prices right."""
    found, user = _or_404(round_), request.user
    try:
        verifying.verify(round_=found, by=user)  # type: ignore[arg-type]  # signed in
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("prices_desk:round", round_)
    messages.success(request, _("%(market)s is verified.") % {"market": found.market.name})
    return to_day(found.date.isoformat())


@require_POST
@desk_required(VERIFY)
def take_back(request: HttpRequest, round_: UUID) -> HttpResponseBase:
    """Take the verification back."""
    found, user = _or_404(round_), request.user
    try:
        verifying.take_back(round_=found, by=user)  # type: ignore[arg-type]  # signed in
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("prices_desk:round", round_)


@require_POST
@desk_required(VERIFY)
def send_back(request: HttpRequest, round_: UUID) -> HttpResponseBase:
    """Give the prices back to the enumerator."""
    found, user, form = _or_404(round_), request.user, AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        verifying.send_back(round_=found, answer=form.cleaned_data["answer"], by=user)  # type: ignore[arg-type]  # signed in
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("prices_desk:round", round_)
    messages.success(request, _("%(market)s goes back.") % {"market": found.market.name})
    return to_day(found.date.isoformat())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(PUBLISH)
def correct(request: HttpRequest, round_: UUID) -> HttpResponseBase:
    """Change what is published; the day goes out as a further revision."""
    found = _or_404(round_)
    if "correct" not in workflow.possible(found.state):
        raise Http404
    said = request.POST if request.method == "POST" else None
    form, reason = EntryForm(sheet(found.market, found.date), said, request.FILES), ReasonForm(said)
    right = said is not None and all([form.is_valid(), reason.is_valid()])
    if right:
        try:
            release = publishing.correct(
                round_=found, answers=form.answers, reason=reason.cleaned_data["reason"],
                by=request.user,  # type: ignore[arg-type]  # signed in
            )  # fmt: skip
        except NotAllowed as refusal:
            form.add_error(refusal)
        else:
            messages.success(request, _("Published as revision %(n)s.") % {"n": release.revision})
            return to_day(found.date.isoformat())
    context = sheet_context(form) | {"round": found, "reason": reason, "open": True}
    return render(request, "prices/desk/correct.html", context, status=200 if said is None else 422)


def _or_404(reference: UUID) -> Round:
    found = overview.find(reference)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Round, answer: AnswerForm, status: int = 200
) -> HttpResponse:
    user: Any = request.user
    own = found.enumerator_id == user.pk and conf.current().four_eyes
    context = {
        "round": found, "sheet": sheet(found.market, found.date), "answer": answer,
        "possible": workflow.possible(found.state), "own": own,
        "revisions": list(published.revisions(found.date)),
    }  # fmt: skip
    return render(request, "prices/desk/round.html", context, status=status)
