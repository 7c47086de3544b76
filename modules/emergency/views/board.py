"""The dispatcher's board: open incidents, units, their map; each part refreshes itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from balai.ui import maps
from modules.emergency import topics, workflow
from modules.emergency.models import Category
from modules.emergency.selectors import board, placing, reach, units
from modules.emergency.selectors.board_filters import TABS, Filters, parse
from modules.emergency.services import panic
from modules.emergency.states import UnitState

INCIDENTS = (topics.TAKEN, topics.CHANGED, topics.ENDED, topics.HANDED_OVER)
UNITS = (topics.UNIT, topics.CHANGED)


@never_cache
@require_safe
@desk_required(reach.SEE)
def index(request: HttpRequest) -> HttpResponse:
    """Show the board."""
    filters = parse(request.GET.dict())
    page = {
        **_incidents(request, filters),
        **_units(request),
        **_choices(request),
        "incident_topics": " ".join(INCIDENTS),
        "unit_topics": " ".join(UNITS),
        "map_topics": " ".join(topics.BOARD),
    }
    page["map"] = _map([row.incident for row in page["rows"]], page["unit_rows"])
    return render(request, "emergency/board.html", page)


@never_cache
@require_safe
@desk_required(reach.SEE)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the incidents alone, for the live page."""
    page = _incidents(request, parse(request.GET.dict()))
    return render(request, "emergency/parts/board_rows.html", page)


@never_cache
@require_safe
@desk_required(reach.SEE)
def unit_rows(request: HttpRequest) -> HttpResponse:
    """Return the units alone, for the live page."""
    return render(request, "emergency/parts/board_units.html", _units(request))


@never_cache
@require_safe
@desk_required(reach.SEE)
def area_map(request: HttpRequest) -> HttpResponse:
    """Return the map alone, for the live page."""
    user: Any = request.user
    drawn = _map(board.on_map(user, parse(request.GET.dict())), units.board(user))
    return render(request, "emergency/parts/board_map.html", {"map": drawn})


def _incidents(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    panic.send_overdue()
    user, now = request.user, timezone.now()
    counts = board.counts(user, now)  # type: ignore[arg-type]  # signed in: desk_required
    rows = board.rows(user, filters, now)  # type: ignore[arg-type]  # as above
    return {
        "rows": rows,
        "cut": len(rows) == board.MOST,
        "filters": filters,
        "query": filters.query(),
        "tabs": [(tab, words, counts[tab], filters.query(tab=tab)) for tab, (words, _s)
                 in TABS.items()],
        "unconfirmed": board.unconfirmed(user),  # type: ignore[arg-type]  # as above
        "now": now,
    }  # fmt: skip


def _units(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    found = units.board(user)
    groups = [(state, [row for row in found if row.group == state]) for state in UnitState]
    return {
        "unit_rows": found,
        "unit_groups": [
            (state.value, state.label, rows[0].status, rows) for state, rows in groups if rows
        ],
        "may_dispatch": user.has_perm(workflow.DISPATCH),
    }


def _choices(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    whole = reach.whole(user)
    return {
        "categories": Category.objects.filter(active=True, sealed=False).defer("script"),
        "districts": board.districts(),
        "urgencies": Category.Urgency.choices,
        "agencies": board.agencies() if whole else (),
    }


def _map(incidents: Any, unit_rows: Any) -> str:
    """Return the map; a sealed incident is counted in its kecamatan and has no pin."""
    pins = [
        maps.Pin(incident.latitude, incident.longitude, f"{incident.number}, {incident.category}",
                 url=reverse("emergency_desk:incident", args=[incident.uuid]))
        for incident in incidents
        if incident.latitude is not None and incident.open
    ]  # fmt: skip
    shown = [incident for incident in incidents if incident.open]
    pins += placing.unit_pins(row.unit for row in unit_rows)
    return placing.drawn(shown, pins, title=_("Open incidents by kecamatan"))
