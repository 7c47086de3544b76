"""The console's pages: institutions, their people, their programs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.accounts.guards import console_required
from modules.partners.console_forms import PartnerForm, PersonForm
from modules.partners.models import Partner, Seat
from modules.partners.selectors import agreements as selector, delegates
from modules.partners.services import agreements, clients, people
from modules.partners.workflow import NotAllowed


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the institutions; those with a co-operation in force first."""
    rows = [(row, next(iter(row.cooperations.all()), None)) for row in selector.partners()]
    kind = request.GET.get("kind", "")
    if kind in Partner.Kind.values:
        rows = [one for one in rows if one[0].kind == kind]
    rows.sort(key=lambda one: (not (one[1] and one[1].live), one[0].short_name.lower()))
    page = {"rows": rows, "kind": kind, "kinds": Partner.Kind.choices}
    return render(request, "partners/console/index.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, partner: UUID | None = None) -> HttpResponseBase:
    """Change an institution, or add one."""
    found = get_object_or_404(Partner, uuid=partner) if partner else None
    form = PartnerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        # ModelForm has written on the instance already; the service reads it fresh.
        fresh = Partner.objects.get(pk=found.pk) if found else None
        row = agreements.save_partner(told=form.cleaned_data, partner=fresh)
        messages.success(request, _("Saved."))
        return redirect("partners_console:partner", row.uuid)
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "row": found}
    return render(request, "partners/console/edit.html", page, status=status)


@never_cache
@require_safe
@console_required
def partner(request: HttpRequest, partner: UUID) -> HttpResponse:
    """Show an institution with its papers, people and program."""
    return _page(request, _one(partner))


def _page(request: HttpRequest, row: Partner, **more: Any) -> HttpResponse:
    page = {
        "row": row, "papers": list(row.cooperations.all()), "people": people.of(row),
        "delegates": delegates.with_last_days(row),
        "form": more.pop("form", None) or PersonForm(), "key": row.api_key, **more,
    }  # fmt: skip
    status = 422 if request.method == "POST" and "secret" not in more else 200
    return render(request, "partners/console/partner.html", page, status=status)


@require_POST
@console_required
def add_person(request: HttpRequest, partner: UUID) -> HttpResponseBase:
    """Give somebody with an account a seat at the institution."""
    row, form = _one(partner), PersonForm(request.POST)
    if form.is_valid():
        try:
            people.add(partner=row, email=form.cleaned_data["email"])
        except NotAllowed as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("They can open the inbox from now on."))
            return redirect("partners_console:partner", row.uuid)
    return _page(request, row, form=form)


@require_POST
@console_required
def remove_person(request: HttpRequest, partner: UUID, person: UUID) -> HttpResponseBase:
    """Take somebody's seat away at once."""
    row = _one(partner)
    seat = Seat.objects.filter(partner=row, user__uuid=person).select_related("user").first()
    if seat is not None:
        people.remove(seat=seat)
        messages.success(request, _("They see nothing any more."))
    return redirect("partners_console:partner", row.uuid)


@never_cache
@require_POST
@console_required
def client(request: HttpRequest, partner: UUID) -> HttpResponseBase:
    """Give the partner's program an id and a secret, shown once; or end it."""
    row, user = _one(partner), request.user
    if request.POST.get("do") == "revoke":
        clients.revoke(partner=row)
        messages.success(request, _("The program is shut out."))
        return redirect("partners_console:partner", row.uuid)
    answers = request.POST.get("answers") == "on"
    try:
        ident, secret = clients.register(partner=row, by=user, answers=answers)  # type: ignore[arg-type]  # guarded
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("partners_console:partner", row.uuid)
    token_url = request.build_absolute_uri(reverse("api_token"))
    return _page(request, _one(partner), ident=ident, secret=secret, token_url=token_url)


def _one(reference: UUID) -> Partner:
    row = selector.partner(reference)
    if row is None:
        raise Http404
    return row
