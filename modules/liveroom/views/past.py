"""The wall as it was at any minute of the past day."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.liveroom import services, wall
from modules.liveroom.forms import PastForm
from modules.liveroom.rights import LOOK
from modules.liveroom.selectors import past


@never_cache
@require_safe
@desk_required(LOOK)
def show(request: HttpRequest) -> HttpResponse:
    """Show the last state at or before the minute that was asked for."""
    now = timezone.now().replace(second=0, microsecond=0)
    form = PastForm(request.GET if "at" in request.GET else None)
    at = _within(form.cleaned_data["at"] if form.is_valid() else now, now)
    services.note_past(user=request.user, at=at)  # type: ignore[arg-type]  # signed in: desk_required
    before, after = past.neighbours(at)
    page = {
        "form": form if form.errors else PastForm(initial={"at": timezone.localtime(at)}),
        "wall": wall.past(past.state_at(at)),
        "at": at,
        "ago": int((now - at).total_seconds() // 60),
        "first": max(past.earliest() or now, now - past.KEPT),
        "now": now,
        "before": before,
        "after": after,
    }
    return render(request, "liveroom/past.html", page, status=422 if form.errors else 200)


def _within(at: datetime, now: datetime) -> datetime:
    """Return the minute, brought into the past day."""
    return min(max(at, now - past.KEPT + timedelta(minutes=1)), now)
