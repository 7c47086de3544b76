"""The desk: how far the day has got, what stands out, and the button that publishes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from balai.ui import formats
from modules.prices import conf
from modules.prices.desk_forms import ReasonForm
from modules.prices.selectors import goods, overview, published
from modules.prices.selectors.board import board
from modules.prices.services import publishing
from modules.prices.views.entry import day_of
from modules.prices.workflow import PUBLISH, NotAllowed


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the rounds of a day, outliers, breaches, risers and spread."""
    context = _day(request)
    day, shown = context["day"].date, context["board"]
    context |= {
        "outliers": overview.outliers(day),
        "risers": overview.risers(goods.varieties(), day),
        "widest": overview.widest(shown) if shown else [],
        "left": overview.left_over(timezone.localdate()),
        "most": overview.MOST_ROWS,
        "today": timezone.localdate(),
    }
    return render(request, "prices/desk/index.html", context)


@never_cache
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """Show how far the markets of a day have got, for the page that hears of it."""
    return render(request, "prices/desk/day.html", _day(request))


def _day(request: HttpRequest) -> dict[str, Any]:
    on, now = day_of(request.GET.get("date", "")), timezone.localtime()
    told, shown, revisions = overview.day(on, now), board(on), list(published.revisions(on))
    hour = conf.current().clock("publish_at")
    return {
        "day": told, "board": shown, "revisions": revisions, "settings": conf.current(),
        "overdue": told.due and not revisions and on == now.date() and now.time() >= hour,
        "breaches": [line for line in shown.lines if line.breaking] if shown else [],
        "asked_twice": sum(stand.flagged for stand in told.stands),
        "handed_in": sum(stand.finished for stand in told.stands),
        "part_url": f"{reverse('prices_desk:day')}?date={on.isoformat()}",
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_required(PUBLISH)
def publish(request: HttpRequest) -> HttpResponseBase:
    """Publish a day: at once when all markets are ready, else after a look at who is missing."""
    posted = request.method == "POST"
    on = day_of((request.POST if posted else request.GET).get("date", ""))
    told = overview.day(on, timezone.now())
    last = published.revisions(on).first()
    form = ReasonForm(request.POST if posted and last else None)
    sure = not told.waiting or request.POST.get("sure") == "1"
    if posted and sure and (last is None or form.is_valid()):
        try:
            release = publishing.publish(
                day=on, by=request.user,  # type: ignore[arg-type]  # signed in
                reason=form.cleaned_data["reason"] if last else "",
            )  # fmt: skip
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            told_of = {"n": release.revision, "day": formats.long_date(on)}
            messages.success(request, _("%(day)s is published, revision %(n)s.") % told_of)
        return to_day(on.isoformat())
    context = {"day": told, "last": last, "form": form}
    status = 422 if posted and form.errors else 200
    return render(request, "prices/desk/publish.html", context, status=status)


def to_day(day: str) -> HttpResponseBase:
    """Go back to the desk at a day."""
    response = redirect("prices_desk:index")
    response["Location"] += f"?date={day}"
    return response
