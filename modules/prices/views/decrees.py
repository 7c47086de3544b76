"""The console's page of ceilings: by date, past ones kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import console_required
from balai.ui import formats
from modules.prices import conf
from modules.prices.console_forms import CeilingForm, EndForm
from modules.prices.models import Ceiling, Variety
from modules.prices.services import decreeing
from modules.prices.workflow import NotAllowed


@never_cache
@require_safe
@console_required
def index(request: HttpRequest) -> HttpResponse:
    """List the ceilings of every zone, what is in force and coming before what has ended."""
    today = timezone.localdate()
    rows = Ceiling.objects.select_related("variety").order_by(
        "variety__group__position", "variety__group_id", "variety__position", "-starts"
    )
    told = [(row, _standing(row, today)) for row in rows]
    past = [row for row, standing in told if standing == "past"]
    page = {
        "now": [pair for pair in told if pair[1] != "past"], "past": past, "here": "ceilings",
        "zone": conf.current().zone,
    }  # fmt: skip
    return render(request, "prices/console/ceilings.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def new(request: HttpRequest) -> HttpResponseBase:
    """Add a ceiling; the one before it ends by itself."""
    slug = request.GET.get("goods", "")
    first = {"zone": conf.current().zone, "variety": Variety.objects.filter(slug=slug).first()}
    return _form(request, CeilingForm(request.POST or None, initial=first), None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def edit(request: HttpRequest, variety: str, zone: str, starts: str) -> HttpResponseBase:
    """Change a ceiling that has not begun; let one in force end."""
    found = _found(variety, zone, starts)
    if decreeing.changeable(found, timezone.localdate()):
        return _form(request, CeilingForm(request.POST or None, instance=found), found)
    form = EndForm(request.POST or None, initial={"last_day": found.ends})
    if request.method == "POST" and form.is_valid():
        try:
            decreeing.end(
                ceiling=found, last_day=form.cleaned_data["last_day"], today=timezone.localdate()
            )
        except NotAllowed as refusal:
            form.add_error("last_day", str(refusal))
        else:
            messages.success(request, _("Saved: %(label)s.") % {"label": found.variety})
            return redirect("prices_console:ceilings")
    return _page(request, form, found, ending=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@console_required
def take_back(request: HttpRequest, variety: str, zone: str, starts: str) -> HttpResponseBase:
    """Ask, then delete a ceiling that has not begun."""
    found = _found(variety, zone, starts)
    if request.method == "POST":
        try:
            decreeing.take_back(ceiling=found, today=timezone.localdate())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Taken back. The ceiling before it runs on."))
        return redirect("prices_console:ceilings")
    words = {
        "question": _("Take back the ceiling of %(name)s?") % {"name": found.variety},
        "stops": _("It does not begin on %(day)s.") % {"day": formats.long_date(found.starts)},
        "stays": _("The ceiling before it runs on."), "yes": _("Take back"), "no": _("Back"),
        "back": reverse("prices_console:ceiling", args=[variety, zone, starts]), "danger": True,
        "confirm_base": "balai/console.html",
    }  # fmt: skip
    return render(request, "balai/confirm.html", words)


def _form(request: HttpRequest, form: CeilingForm, found: Ceiling | None) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            row = decreeing.save(ceiling=form.save(commit=False), today=timezone.localdate())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved: %(label)s.") % {"label": row.variety})
            return redirect("prices_console:ceilings")
    return _page(request, form, found)


def _page(
    request: HttpRequest, form: Any, found: Ceiling | None, *, ending: bool = False
) -> HttpResponse:
    page = {"form": form, "row": found, "ending": ending}
    status = 422 if request.method == "POST" else 200
    return render(request, "prices/console/ceiling.html", page, status=status)


def _found(variety: str, zone: str, starts: str) -> Ceiling:
    try:
        day = parse_date(starts)
    except ValueError as wrong:
        raise Http404 from wrong
    rows = Ceiling.objects.select_related("variety")
    return get_object_or_404(rows, variety__slug=variety, zone=zone, starts=day)


def _standing(row: Ceiling, today: Any) -> str:
    if row.ends is not None and row.ends < today:
        return "past"
    return "coming" if row.starts > today else "now"
