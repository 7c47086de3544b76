"""The holder's pages of the AK/I card: apply, correct, renew, report, print."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.files import UploadRejected
from modules.jobs import conf, story, workflow
from modules.jobs.card_forms import CardForm
from modules.jobs.identity import unseal
from modules.jobs.models import Card
from modules.jobs.selectors import cards as rows, seekers
from modules.jobs.services import cards, papers
from modules.jobs.states import CardState
from modules.jobs.views.common import personal, refusing
from modules.jobs.workflow import NotAllowed, Who

ACTS: dict[str, Callable[..., object]] = {
    "report": cards.report,
    "employ": cards.employ,
    "resume": cards.resume,
    "discard": cards.discard,
}


@personal
@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """Go to the account's card; explain what it is to whoever has none."""
    found = rows.latest(request.user)
    if found is not None:
        return redirect("jobs:card", found.uuid)
    return render(request, "jobs/cards.html", {"rules": conf.current()})


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Show the form; store what comes back."""
    found = rows.live(request.user)
    if found is not None:
        return redirect("jobs:card", found.uuid)
    return _form(request, None, "apply")


@personal
@refusing("jobs:card")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, card: UUID) -> HttpResponseBase:
    """Correct what was sent back, or renew what ends: the same form."""
    found = _own(request, card)
    name = "resubmit" if found.state == CardState.RETURNED else "renew"
    reason = workflow.problem(workflow.get(found, name), found)
    if reason:
        raise NotAllowed(reason)
    return _form(request, found, name)


@personal
@require_safe
def detail(request: HttpRequest, card: UUID) -> HttpResponse:
    """Show where the card stands and what its holder can do."""
    found = _own(request, card)
    today = timezone.localdate()
    due = found.next_report_on
    page = {
        "card": found,
        "nik": cards.masked(found),
        "told": unseal(found.sealed),
        "papers": papers.of(found),
        "can": {move.name for move in workflow.possible(found, Who.SEEKER)},
        "steps": story.steps(found),
        "missed": bool(due and due < today and not found.renewal_due),
        "standing": found.standing(today),
        "discardable": _discardable(found),
    }
    return render(request, "jobs/card.html", page)


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, card: UUID, what: str) -> HttpResponseBase:
    """Report, found work, search again, take back; what cannot be undone is asked first."""
    found = _own(request, card)
    if what not in ACTS:
        raise Http404
    user: Any = request.user
    if request.method == "POST":
        try:
            ACTS[what](card=found, by=user)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("jobs:card", card)
        messages.success(request, _said(what))
        return redirect("jobs:cards") if what == "discard" else redirect("jobs:card", card)
    asked = _questions(card).get(what)
    if asked is None:
        return redirect("jobs:card", card)
    return render(request, "balai/confirm.html", asked)


@personal
@require_safe
def pdf(request: HttpRequest, card: UUID) -> HttpResponse:
    """Send the card to its holder."""
    return printed(_own(request, card))


def printed(card: Card) -> HttpResponse:
    """Return the PDF; a card that was never issued, or whose data are erased, has none."""
    from modules.jobs.services import card_pdf  # fpdf loads slowly, and few processes print

    try:
        document = card_pdf.render(card)
    except ValueError as error:
        raise Http404 from error
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{card.number}.pdf"'
    return response


def _form(request: HttpRequest, card: Card | None, name: str) -> HttpResponseBase:
    """Show or take the form; good photos are kept even when something else is wrong."""
    user: Any = request.user
    given = {"user": user, "card": card, "seeker": seekers.profile(user)}
    form = CardForm(
        request.POST or None, request.FILES or None, kept=papers.present(user, card), **given
    )
    if form.is_bound:
        valid = form.is_valid()
        form.kept = _keep_photos(form, user, card)
        if valid and form.is_valid():
            try:
                return _send(request, card, name, form)
            except NotAllowed as refusal:
                sent = rows.live(user) if card is None else None
                if sent is not None:  # a second click: the first one was faster
                    return redirect("jobs:card", sent.uuid)
                form.add_error(None, str(refusal))
    page = {"form": form, "card": card, "name": name, "rules": conf.current()}
    return render(request, "jobs/card_form.html", page, status=422 if form.is_bound else 200)


def _keep_photos(form: CardForm, user: Any, card: Card | None) -> Any:
    """Put the uploads into the tray; one that is refused gets its reason."""
    for slot in papers.SLOTS:
        upload = form.cleaned_data.get(slot)
        if upload:
            try:
                papers.put(user=user, slot=slot, upload=upload)
            except UploadRejected as refusal:
                form.add_error(slot, str(refusal.message))
    return papers.present(user, card)


def _send(
    request: HttpRequest, card: Card | None, name: str, form: CardForm
) -> HttpResponseBase:  # fmt: skip
    user: Any = request.user
    if card is None:
        row = cards.apply(user=user, told=form.told())
    else:
        row = cards.send_again(name, card=card, told=form.told(), by=user)
    messages.success(request, _("Sent. You get a notice when the card is ready."))
    return redirect("jobs:card", row.uuid)


def _own(request: HttpRequest, card: UUID) -> Card:
    found = rows.own(request.user, card)
    if found is None:
        raise Http404
    return found


def _discardable(card: Card) -> bool:
    return not card.number and card.state in (CardState.APPLIED, CardState.RETURNED)


def _said(what: str) -> str:
    return {
        "report": _("Thank you, your report is written down."),
        "employ": _("Congratulations. You need not report any more."),
        "resume": _("Your card is valid again."),
        "discard": _("Your request and everything you uploaded are erased."),
    }[what]


def _questions(card: UUID) -> dict[str, dict[str, Any]]:
    back = {"back": reverse("jobs:card", args=[card])}
    return {
        "employ": back | {
            "question": _("Have you found work?"),
            "stops": _("The card says from now on that you have work. No more reports."),
            "stays": _("Until its last day you can go on with the card if you need it again."),
            "yes": _("Yes, I have found work"), "no": _("Not yet"),
        },
        "discard": back | {
            "question": _("Take this request back?"),
            "stops": _("Your data and photos are erased at once. It cannot be undone."),
            "stays": _("Your profile and your applications for vacancies."),
            "yes": _("Yes, erase it"), "no": _("No, keep it"), "danger": True,
        },
    }  # fmt: skip
