"""Pages of the AK/I card that need no account: the QR code's proof, the reminder's one tap."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai import signing
from modules.jobs import card_codes, workflow
from modules.jobs.card_forms import CodeForm
from modules.jobs.models import Card
from modules.jobs.policies import CHECKING
from modules.jobs.selectors import cards as rows
from modules.jobs.services import cards
from modules.jobs.states import status
from modules.jobs.workflow import NotAllowed, Who

TAPS = {"report": cards.report, "employ": cards.employ, "resume": cards.resume}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponseBase:
    """Take what stands below the QR code and go to its proof."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        number = card_codes.read(form.cleaned_data["code"])
        if number:
            return redirect("jobs:card-verify", f"{number}.{card_codes.code_of(number)}")
        form.add_error("code", _("No card has this code. Compare every letter."))
    return render(
        request, "jobs/card_check.html", {"form": form}, status=422 if form.is_bound else 200
    )


@never_cache
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """Tell whether a card is good: its number, initials and dates, nothing else.

    While a renewal waits the name on file is not checked yet, and its initials prove nothing.
    """
    card = rows.by_number(card_codes.read(token))
    standing = card.standing(timezone.localdate()) if card else None
    page: dict[str, Any] = {"card": None, "initials": ""}
    if card is not None and standing is not None:
        page = {
            "card": card, "standing": standing, "look": status(standing),
            "initials": "" if card.state in CHECKING else initials(card.name),
        }  # fmt: skip
    return render(request, "jobs/card_verify.html", page, status=200 if page["card"] else 404)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tap(request: HttpRequest, token: str) -> HttpResponseBase:
    """Report with one tap from the letter. A GET asks: programs that scan mail press nothing."""
    try:
        card = rows.by_uuid(card_codes.tapped(token))
    except signing.SignatureExpired:
        return redirect("jobs:cards")
    except signing.BadSignature as error:
        raise Http404 from error
    if card is None:
        raise Http404
    said = problem = ""
    if request.method == "POST":
        said, problem = _tap(card, request.POST.get("do", ""))
        card = rows.by_uuid(str(card.uuid)) or card
    page = {
        "card": card, "said": said, "problem": problem,
        "can": {move.name for move in workflow.possible(card, Who.SEEKER)},
    }  # fmt: skip
    return render(request, "jobs/card_tap.html", page, status=422 if problem else 200)


def initials(name: str) -> str:
    """Return "D. L." of Dewi Lestari."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:4])


def _tap(card: Card, what: str) -> tuple[str, str]:
    """Do what was tapped, as the holder; return what is said and what went wrong."""
    if what not in TAPS:
        return "", str(workflow.MOVED_ON)
    try:
        TAPS[what](card=card, by=card.user)
    except NotAllowed as refusal:
        return "", str(refusal)
    return {
        "report": _("Thank you, your report is written down."),
        "employ": _("Congratulations. You need not report any more."),
        "resume": _("Your card is valid again."),
    }[what], ""
