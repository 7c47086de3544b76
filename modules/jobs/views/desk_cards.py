"""The office's queue of AK/I cards: check, issue, print, and the counter's reports."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai import audit
from balai.accounts.guards import desk_required
from balai.files.models import StoredFile
from balai.ui.paging import paged
from modules.jobs import rights, story, workflow
from modules.jobs.card_forms import RevealForm
from modules.jobs.desk_forms import ReturnCardForm
from modules.jobs.identity import Gender, Identity, Marital, Religion, unseal
from modules.jobs.models import Card
from modules.jobs.policies import CHECKING, may_open
from modules.jobs.selectors import cards as rows
from modules.jobs.services import cards, moving, papers
from modules.jobs.views.cards import printed
from modules.jobs.workflow import CARDS, NotAllowed, Who

LABELS: dict[str, tuple[Any, str]] = {
    "check": (gettext_lazy("Data and papers are right"), "check"),
    "issue": (gettext_lazy("Issue the card"), "badge-check"),
    "return": (gettext_lazy("Send back"), "pencil"),
    "report": (gettext_lazy("Write down a report"), "calendar-check"),
    "employ": (gettext_lazy("Has found work"), "briefcase"),
    "resume": (gettext_lazy("Looks for work again"), "rotate-ccw"),
}
PAPERS = {
    "photo": gettext_lazy("Photo 3x4"),
    "ktp": gettext_lazy("KTP"),
    "diploma": gettext_lazy("Diploma"),
    "family": gettext_lazy("Family card (KK)"),
    "certificate": gettext_lazy("Certificate"),
    "signature": gettext_lazy("Signature"),
}
SERVICES = {
    "issue": cards.issue, "report": cards.report, "employ": cards.employ, "resume": cards.resume,
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(CARDS)
def index(request: HttpRequest) -> HttpResponse:
    """List cards, those that wait first. A search is a POST: names belong in no address."""
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in rows.tabs(today) else "check"
    page: dict[str, Any] = {"tab": tab, "now": timezone.now(), "today": today}
    page["counts"] = rows.counts(today)
    query = request.POST.get("q", "")[:80].strip()
    if query:
        page |= {"tab": "", "query": query, "rows": rows.found(query)}
    else:
        page["page"] = paged(request, rows.queue(tab, today), 25)
        page["rows"] = page["page"].object_list
    return render(request, "jobs/desk/cards.html", page)


@require_POST
@desk_required(CARDS)
def issue_many(request: HttpRequest) -> HttpResponseBase:
    """Issue the chosen cards: each was checked by itself before; checking has no bulk."""
    chosen = [_uuid(text) for text in request.POST.getlist("pick")[:100]]
    user: Any = request.user
    done = 0
    for row in rows.checked([found for found in chosen if found]):
        if rights.is_own(user, row):
            continue
        try:
            cards.issue(card=row, by=user)
        except NotAllowed:  # a colleague was faster
            continue
        done += 1
    if done:
        said = ngettext("%(n)d card is issued.", "%(n)d cards are issued.", done)
        messages.success(request, said % {"n": done})
    if done < len(chosen):
        messages.warning(request, _("Some were not issued: they moved on, or are your own."))
    return redirect("jobs_desk:cards")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(CARDS)
def card(request: HttpRequest, card: UUID) -> HttpResponseBase:
    """Show what an officer compares; POST decides."""
    found = _card(card)
    offered = _offered(request, found)
    wanted = request.POST.get("do") or request.GET.get("do", "")
    action = wanted if wanted in offered else ""
    form = None
    if action == "return":
        form = ReturnCardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (form is None or form.is_valid()):
        _carry_out(request, found, action, form.cleaned_data["text"] if form else "")
        return redirect(request.path)
    page = {"action": action, "form": form, "reveal": RevealForm(prefix="reveal")}
    return _page(request, found, page, 422 if form is not None and form.is_bound else 200)


@never_cache
@require_POST
@desk_required(CARDS)
def reveal(request: HttpRequest, card: UUID) -> HttpResponse:
    """Show the whole NIK once, with a reason that stays in the audit log."""
    found, user = _card(card), request.user
    form = RevealForm(request.POST, prefix="reveal")
    if form.is_valid():
        try:
            nik = cards.reveal(card=found, by=user, reason=form.cleaned_data["reason"])  # type: ignore[arg-type]  # desk_required: no anonymous one
            return _page(request, found, {"nik": nik, "revealed": True}, 200)
        except NotAllowed as refusal:
            form.add_error("reason", str(refusal))
    return _page(request, found, {"reveal": form}, 422)


@never_cache
@require_safe
@desk_required(CARDS)
def pdf(request: HttpRequest, card: UUID) -> HttpResponse:
    """Send the card to be printed at the counter; the log keeps who did, for it has the NIK."""
    found = _card(card)
    response = printed(found)
    if request.method == "GET":
        audit.record(action="jobs.card_printed", target=str(found.uuid))
    return response


def _card(reference: UUID) -> Card:
    found = rows.one(reference)
    if found is None:
        raise Http404
    return found


def _offered(request: HttpRequest, card: Card) -> list[str]:
    return [
        move.name
        for move in workflow.possible(card, Who.OFFICER)
        if rights.side_of(request.user, move, card) is Who.OFFICER
    ]


def _carry_out(request: HttpRequest, card: Card, action: str, text: str) -> None:
    user: Any = request.user
    if not action:
        messages.error(request, str(workflow.MOVED_ON))
        return
    try:
        if action in SERVICES:
            SERVICES[action](card=card, by=user)
        else:
            moving.move(action, card, by=user, text=text)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))


def _page(
    request: HttpRequest, card: Card, more: dict[str, Any], status: int
) -> HttpResponse:  # fmt: skip
    offered, told = _offered(request, card), unseal(card.sealed)
    action = more.get("action", "")
    page = {
        "card": card, "told": told, "nik": cards.masked(card), "papers": _shown(card),
        "words": in_words(told), "checking": card.state in CHECKING,
        "hints": hints(card, told),
        "own": rights.is_own(request.user, card), "steps": story.steps(card),
        "now": timezone.now(), "today": timezone.localdate(),
        "buttons": [(name, *LABELS[name]) for name in LABELS if name in offered],
        "action_label": LABELS[action][0] if action else "",
        **more,
    }  # fmt: skip
    return render(request, "jobs/desk/card.html", page, status=status)


def _shown(card: Card) -> list[tuple[Any, StoredFile]]:
    """Return the photos an officer may open now, with their names."""
    found = papers.of(card)
    open_ones = [slot for slot in papers.SLOTS if may_open(slot, card.state)]
    return [(PAPERS[slot], found[slot]) for slot in open_ones if slot in found]


def in_words(told: Identity | None) -> dict[str, Any]:
    """Return sex, marital status and religion in words."""
    if told is None:
        return {}
    return {
        "gender": Gender(told.gender).label,
        "marital": Marital(told.marital).label,
        "religion": Religion(told.religion).label,
    }


def hints(card: Card, told: Identity | None) -> list[str]:
    """Return where NIK and form differ: day + 40 for women, ddmmyy (Permendagri 8/2016)."""
    digits = cards.nik_of(card)
    if told is None or not digits:
        return []
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    found = []
    if (day > 40) != (told.gender == Gender.FEMALE):
        found.append(_("The NIK is of the other sex."))
    born: date = told.birth_date
    if (day % 40, month, year) != (born.day, born.month, born.year % 100):
        found.append(_("The NIK has another date of birth."))
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
