"""What an address asks for: year, day, side, and what every page shows of them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from balai.context import current_region
from balai.ui.asked import day_or_404
from modules.budget import conf
from modules.budget.models import Heading
from modules.budget.selectors import drill
from modules.budget.selectors.shown import Shown, choose
from modules.budget.states import Kind, Side

SIDES = {side.slug: side for side in Side}


def shown(request: HttpRequest) -> Shown | None:
    """Return the state that is asked for, None before the first one; 404 for a year without one."""
    year = year_of(request)
    found = choose(year, day_of(request), SIDES.get(request.GET.get("side", ""), Side.SPENDING))
    if found is None and year is not None:
        raise Http404
    return found


def shown_or_404(request: HttpRequest) -> Shown:
    """Return the state that is asked for; 404 without any."""
    found = shown(request)
    if found is None:
        raise Http404
    return found


def page(shown: Shown | None) -> dict[str, Any]:
    """Return what every page of the public needs."""
    source = conf.current().source or current_region().name
    found: dict[str, Any] = {"shown": shown, "source": source}
    if shown is not None:
        found |= {"snapshot": shown.snapshot, "elapsed": shown.snapshot.elapsed}
    return found


def heading_or_404(kind: Kind, key: str) -> Heading:
    """Return a heading by the key of an address."""
    found = drill.heading(kind, key.replace("\0", ""))
    if found is None:
        raise Http404
    return found


def year_of(request: HttpRequest) -> int | None:
    """Return the year that is asked for; 404 for what is no year."""
    text = request.GET.get("year", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == 4):
        raise Http404
    return int(text)


def day_of(request: HttpRequest) -> date | None:
    """Return the day that is asked for; 404 for what is no date."""
    return day_or_404(request.GET.get("date", ""))
