"""The inbox as a map: what fits the filters, within the officer's reach."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from balai.ui import maps
from modules.complaints import rights
from modules.complaints.selectors import areas, desk
from modules.complaints.selectors.desk_filters import to_query
from modules.complaints.views import desk_inbox

MAX_PINS = 200


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """Show where the reports lie that fit the inbox's filters."""
    filters, now = desk_inbox.filters_of(request), timezone.now()
    counts = desk.by_district(request.user, filters, now)
    inbox = reverse("complaints_desk:index")

    def link(area: int) -> str:
        return f"{inbox}?{to_query(filters, district=area)}"

    pins = [
        maps.Pin(row.latitude, row.longitude, f"{row.number} {row.title}",
                 url=reverse("complaints_desk:detail", args=[row.uuid]))
        for row in desk.with_pin(request.user, filters, now)[:MAX_PINS]
    ]  # fmt: skip
    drawn = maps.area_map(
        areas.on_map(counts, link=link), title=_("Reports by kecamatan"), pins=pins,
        unit=_("reports"),
    )  # fmt: skip
    page = {
        "map": drawn,
        "count": desk.matching(request.user, filters, now).order_by().count(),
        "kept": desk_inbox.kept(request),
    }
    return render(request, "complaints/desk_map.html", page)
