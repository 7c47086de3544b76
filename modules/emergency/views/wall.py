"""The centre's own wall: figures and open incidents, large enough to read across a room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.emergency import topics
from modules.emergency.selectors import placing, reach, today
from modules.emergency.widgets import CallsToday, OnSceneP90, OpenIncidents, UnitsFree

FIGURES = (OpenIncidents, UnitsFree, CallsToday, OnSceneP90)
ROWS = 14


@never_cache
@require_safe
@desk_required(reach.SEE)
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall."""
    page = {**_parts(request), "topics": " ".join((*topics.BOARD, topics.NOISE))}
    return render(request, "emergency/wall.html", page)


@never_cache
@require_safe
@desk_required(reach.SEE)
def parts(request: HttpRequest) -> HttpResponse:
    """Return what changes, for the live page."""
    return render(request, "emergency/parts/wall_parts.html", _parts(request))


def _parts(request: HttpRequest) -> dict[str, Any]:
    rows = today.rows(timezone.now())
    return {
        "figures": [figure().render(request) for figure in FIGURES],
        "rows": [(row, today.place(row)) for row in rows[:ROWS]],
        "more": max(len(rows) - ROWS, 0),
        "map": placing.drawn(
            [row.incident for row in rows], (), title=_("Open incidents by kecamatan")
        ),
        "now": timezone.now(),
    }
