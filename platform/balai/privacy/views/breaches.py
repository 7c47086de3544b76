"""Breaches in the console: recorded, approved by two people, with their deadline."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from balai.privacy import breach_pack, registry
from balai.privacy.forms import BreachForm
from balai.privacy.models import Breach
from balai.privacy.services import breaches
from balai.privacy.states import BreachState

SHOWN = 100


@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List breaches, the newest first."""
    now = timezone.now()
    rows = [(row, row.status(now)) for row in Breach.objects.all()[:SHOWN]]
    return render(request, "privacy/console/breaches.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def new(request: HttpRequest) -> HttpResponse:
    """Write a breach down."""
    form = BreachForm(request.POST or None, initial={"noticed_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        row = breaches.record(told=form.cleaned_data)
        messages.success(request, _("Recorded. People and the authority must be told in time."))
        return redirect("privacy_console:breach", row.uuid)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Change what is known."""
    row = get_object_or_404(Breach, uuid=breach)
    form = BreachForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            breaches.edit(breach=row, told=form.cleaned_data)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect("privacy_console:breach", row.uuid)
    return _form(request, form, row)


@require_safe
@console_required
def detail(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Show a breach, its deadline, whom it concerns, and the drafts."""
    row = get_object_or_404(Breach.objects.select_related("approved_by", "second_by"), uuid=breach)
    shown = {
        "row": row,
        "status": row.status(timezone.now()),
        "purposes": [one for one in map(registry.purpose, row.purposes) if one],
        "count": row.people if row.state == BreachState.SENT else len(breaches.affected(row)),
        "mine": row.approved_by_id == request.user.pk,
    }
    return render(request, "privacy/console/breach.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def approve(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Ask, then approve; the second person's approval sends the notices."""
    row = get_object_or_404(Breach, uuid=breach)
    user: Any = request.user
    if request.method == "POST":
        try:
            row = breaches.approve(breach=row, by=user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            sent = row.state == BreachState.SENT
            text = _("The notices are on their way.")
            messages.success(request, text if sent else _("Approved. A second person must, too."))
        return redirect("privacy_console:breach", row.uuid)
    shown = {
        "question": _("Approve the notice to the people?"),
        "stops": _("With the second approval it is sent and cannot be called back."),
        "yes": _("Approve"), "no": _("Back"),
        "back": reverse("privacy_console:breach", args=[row.uuid]),
        "confirm_base": "balai/console.html", "danger": True,
    }  # fmt: skip
    return render(request, "balai/confirm.html", shown)


@require_POST
@console_required
def authority(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Write down that the authority was told."""
    row = get_object_or_404(Breach, uuid=breach)
    breaches.authority_told(breach=row)
    messages.success(request, _("Noted: the authority was told."))
    return redirect("privacy_console:breach", row.uuid)


@require_safe
@console_required
def notices(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Hand out the drafts in both languages as one text, the reader's language first."""
    row = get_object_or_404(Breach, uuid=breach)
    case, count = breach_pack.case_of(row), len(breaches.affected(row))
    first = "en" if (get_language() or "id").startswith("en") else "id"
    order = sorted(breach_pack.LANGUAGES, key=lambda language: language != first)
    texts = [
        text for language in order for text in breach_pack.notices(case, count, language).values()
    ]
    name = f"{row.number}.txt"
    return HttpResponse(
        f"\n{'=' * 72}\n\n".join(texts),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _form(request: HttpRequest, form: BreachForm, row: Breach | None) -> HttpResponse:
    status = 422 if form.errors else 200
    shown = {"form": form, "row": row}
    return render(request, "privacy/console/breach_form.html", shown, status=status)
