"""My consents: what stands on them, since when, and the way to take them back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.privacy import law, ledger, registry
from balai.privacy.person import Person
from balai.privacy.services import requests
from balai.privacy.visitor import subject_required

SHOWN = 50


@never_cache
@require_safe
@subject_required()
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """List consents with their history, and what stands on other grounds."""
    known = {purpose.slug: purpose for purpose in registry.purposes()}
    lines = [(known.get(line.purpose), line) for line in ledger.history(person)[:SHOWN]]
    shown = {
        "standings": ledger.standings(person),
        "lines": [(purpose, line) for purpose, line in lines if purpose],
        "others": [purpose for purpose in registry.purposes() if not purpose.by_consent],
    }
    return render(request, "privacy/consents.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@subject_required()
def withdraw(request: HttpRequest, person: Person, purpose: str) -> HttpResponse:
    """Tell what ends, ask, then end it at once (articles 9 and 40)."""
    chosen = registry.purpose(purpose)
    if chosen is None or not chosen.by_consent:
        raise Http404
    if request.method == "POST":
        now = timezone.now()
        row = requests.receive(
            person=person, kind=law.Kind.WITHDRAWAL, purpose=chosen.slug, now=now
        )
        ledger.withdraw(person=person, purpose=chosen)
        requests.fulfil(request=row, receipt={"purpose": chosen.slug}, now=now)
        messages.success(request, _("Withdrawn. It has ended."))
        return redirect("privacy:consents")
    shown = {
        "question": _("Withdraw “%(label)s”?") % {"label": chosen.label},
        "stops": chosen.consequence,
        "stays": _("Your account, and everything that stands on other grounds."),
        "yes": _("Withdraw"), "no": _("Keep it"), "back": reverse("privacy:consents"),
        "danger": True,
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)
