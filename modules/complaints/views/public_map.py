"""What the interactive map asks for while it is moved: reports gathered for a box and a zoom."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from modules.complaints.selectors import public, public_filters
from modules.complaints.selectors.clusters import MAX_ZOOM, TooFineError, clusters
from modules.complaints.views import features

GEOJSON = "application/geo+json"
SECONDS = 60


@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
@vary_on_headers("Accept-Language", "Cookie")
def map_data(request: HttpRequest) -> HttpResponse:
    """Return public reports in ``bbox`` (west,south,east,north) gathered for ``zoom`` (0-19).

    The list's filters apply. 400 for a box or zoom that is none, or a box too large for the zoom.
    """
    filters = public_filters.parse(request.GET)
    box, zoom = public_filters.box(request.GET.get("bbox", "")), _zoom(request)
    if box is None:
        return _refused("bbox", _("bbox must be west,south,east,north in degrees."))
    if zoom is None:
        return _refused("zoom", _("zoom must be a whole number from 0 to 19."))
    try:
        found = clusters(public.listed(filters), box, zoom)
    except TooFineError:
        return _refused("bbox", _("The box is too large for this zoom."))
    index = reverse("complaints:index")
    body = features.gathered(
        found,
        page=lambda reference: reverse("complaints:detail", args=[reference]),
        within=lambda edges: f"{index}?{public_filters.to_query(filters, box=_box(edges))}#list",
    )
    return JsonResponse(body, content_type=GEOJSON)


def _box(edges: public_filters.Box) -> str:
    return ",".join(f"{edge:.6f}" for edge in edges)


def _zoom(request: HttpRequest) -> int | None:
    text = request.GET.get("zoom", "")
    known = text.isascii() and text.isdecimal() and len(text) < 3
    return int(text) if known and int(text) <= MAX_ZOOM else None


def _refused(field: str, message: str) -> JsonResponse:
    return JsonResponse({"code": "invalid", "field": field, "message": message}, status=400)
