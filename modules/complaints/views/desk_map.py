"""The inbox as a map: what fits the filters, within the officer's reach."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from balai.ui import maps
from modules.complaints import rights
from modules.complaints.selectors import areas, desk, public_filters
from modules.complaints.selectors.clusters import MAX_ZOOM, TooFineError, clusters
from modules.complaints.selectors.desk_filters import to_query
from modules.complaints.views import desk_inbox, features


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """Show where the reports lie that fit the inbox's filters; each kecamatan leads to its list."""
    filters, now = desk_inbox.filters_of(request), timezone.now()
    counts = desk.by_district(request.user, filters, now)
    inbox = reverse("complaints_desk:index")

    def link(area: int) -> str:
        return f"{inbox}?{to_query(filters, district=area)}"

    page = {
        "map": maps.area_map(
            areas.on_map(counts, link=link), title=_("Reports by kecamatan"), unit=_("reports")
        ),
        "count": desk.matching(request.user, filters, now).count(),
        "kept": desk_inbox.kept(request),
        "src": f"{reverse('complaints_desk:map-data')}?{to_query(filters)}",
        "here": f"{inbox}?{to_query(filters, box=None)}&box=",
    }
    return render(request, "complaints/desk_map.html", page)


@never_cache
@require_safe
@desk_required(rights.DESK)
def data(request: HttpRequest) -> HttpResponse:
    """Return the inbox's reports in ``bbox`` gathered for ``zoom``, as GeoJSON.

    400 for a box or zoom that is none, or a box too large for the zoom.
    """
    filters, box = desk_inbox.filters_of(request), public_filters.box(request.GET.get("bbox", ""))
    zoom = public_filters.number(request.GET.get("zoom", ""))
    if box is None or zoom is None or zoom > MAX_ZOOM:
        return _refused(_("bbox must be west,south,east,north in degrees, zoom 0 to 19."))
    rows = desk.matching(request.user, filters, timezone.now())
    try:
        found = clusters(rows, box, zoom)
    except TooFineError:
        return _refused(_("The box is too large for this zoom."))
    inbox = reverse("complaints_desk:index")
    body = features.gathered(
        found,
        page=lambda reference: reverse("complaints_desk:detail", args=[reference]),
        within=lambda edges: f"{inbox}?{to_query(filters, box=edges)}",
    )
    return JsonResponse(body, content_type="application/geo+json")


def _refused(message: str) -> JsonResponse:
    return JsonResponse({"code": "invalid", "message": message}, status=400)
