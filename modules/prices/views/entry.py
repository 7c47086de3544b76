"""An enumerator's phone: the markets of the day, and the sheet of one. They work offline."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.api.idempotency import idempotent
from balai.files import UploadRejected
from balai.ui.asked import day_or_404
from modules.prices import conf
from modules.prices.entry_form import EntryForm
from modules.prices.models import Market
from modules.prices.selectors import overview
from modules.prices.selectors.panel import Sheet, sheet
from modules.prices.services import entering, moving
from modules.prices.states import UNFINISHED, Reason, Stock
from modules.prices.workflow import ENTER, NotAllowed


@never_cache
@require_safe
@desk_required(ENTER)
def index(request: HttpRequest) -> HttpResponse:
    """List the markets of a day, the enumerator's own first."""
    day = day_of(request.GET.get("date", ""))
    told = overview.day(day, timezone.now())
    person: Any = request.user
    stands = sorted(told.stands, key=lambda one: one.market.enumerator_id != person.pk)
    today = timezone.localdate()
    context = {
        "day": told, "stands": stands, "today": today, "mine": person.pk,
        "days": [today - timedelta(days=back) for back in range(5)],
        "submit_by": conf.current().submit_by,
    }  # fmt: skip
    return render(request, "prices/desk/enter.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(ENTER)
@idempotent("prices.entry")
def page(request: HttpRequest, market: str) -> HttpResponseBase:
    """Show a market's sheet; take in what was typed, also what waited on the phone."""
    place = get_object_or_404(Market, slug=market, active=True)
    if request.method == "POST":
        return _take(request, place)
    found = sheet(place, day_of(request.GET.get("date", "")))
    return show(request, EntryForm(found))


def _take(request: HttpRequest, place: Market) -> HttpResponseBase:
    day, person = day_of(request.POST.get("day", "")), request.user
    form = EntryForm(sheet(place, day), request.POST, request.FILES, by=person)
    if not form.is_valid():
        return show(request, form, status=422)
    done = request.POST.get("done") == "1"
    try:
        entering.save(
            market=place, day=day, answers=form.answers, by=person,  # type: ignore[arg-type]  # signed in
            visit=form.visit(), done=done,
        )  # fmt: skip
    except (NotAllowed, UploadRejected) as refusal:
        form.add_error(refusal)
        return show(request, form, status=422)
    name = {"market": place.name}
    if done:
        messages.success(request, _("%(market)s was handed in.") % name)
        return redirect("prices_desk:enter")
    messages.success(request, _("%(market)s was saved.") % name)
    response = redirect("prices_desk:sheet", place.slug)
    response["Location"] += f"?date={day.isoformat()}"
    return response


def show(request: HttpRequest, form: EntryForm, status: int = 200) -> HttpResponse:
    """Draw a sheet; one that was handed in is only read."""
    found = form.sheet
    open_ = found.round is None or found.round.state in UNFINISHED
    context = sheet_context(form) | {
        "open": open_ and not moving.too_late(found.day, timezone.localdate()),
        "photos": conf.current().photos,
    }
    return render(request, "prices/desk/sheet.html", context, status=status)


def sheet_context(form: EntryForm) -> dict[str, Any]:
    """Return what every page with the sheet's rows needs."""
    found: Sheet = form.sheet
    asked = [reason for reason in Reason if reason != Reason.UNKNOWN]
    return {
        "form": form, "sheet": found, "market": found.market, "problems": list(form.problems()),
        "reasons": asked, "stocks": list(Stock), "today": timezone.localdate(),
    }  # fmt: skip


def day_of(text: str) -> date:
    """Return the day that is asked for, today by default; 404 for what is no date."""
    return day_or_404(text) or timezone.localdate()
