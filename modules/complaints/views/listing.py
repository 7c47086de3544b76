"""The public list and map of verified reports."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.directory.models import Area
from balai.modules import registry
from balai.ui import maps
from balai.ui.boundaries import area_values
from modules.complaints import access, conf
from modules.complaints.models import Complaint
from modules.complaints.selectors import agencies, areas, case, categories, paging, public
from modules.complaints.selectors.facets import facets
from modules.complaints.selectors.public_filters import PERIODS, SORTS, Filters, parse, to_query

FEEDS = (
    ("complaints:feed-atom", "application/atom+xml", "Atom"),
    ("complaints:feed-rss", "application/rss+xml", "RSS"),
    ("complaints:geojson", "application/geo+json", "GeoJSON"),
)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what others reported, by status, kind, place, time and words; as list and as map."""
    filters = parse(request.GET)
    after, before = reference(request, "after"), reference(request, "before")
    page = paging.page(public.reports(filters), filters.sort, after=after, before=before)
    counted = facets(filters)
    districts = areas.districts()
    query, everywhere = to_query(filters), to_query(filters.without("box", "district"))
    return render(
        request,
        "complaints/index.html",
        {
            "page": page,
            "filters": filters,
            "query": query,
            "covers": public.cover_photos(page.object_list),
            "groups": categories.groups(active_only=False),
            "districts": districts,
            "agencies": agencies.offered(),
            "periods": PERIODS,
            "sorts": SORTS,
            "totals": counted.by_status,
            "total": counted.total,
            "capped": counted.capped,
            "counts": counted.by_district,
            "map": _map(filters, counted.by_district, districts, page.object_list),
            "map_src": f"{reverse('complaints:map-data')}?{query}",
            "map_here": f"?{everywhere}&box=" if everywhere else "?box=",
            "box": request.GET.get("box", "") if filters.box else "",
            "everywhere": everywhere,
            "feeds": [
                (f"{reverse(name)}?{query}".rstrip("?"), kind, label) for name, kind, label in FEEDS
            ],
            "listed": conf.current().public_list,
            "own": _own(request),
            "name": name(),
        },
    )


def name() -> object:
    """Return what this region calls its reports: "LAKSA", "Matur Bupati"."""
    module = registry.get(conf.SLUG)
    return registry.label(module) if module else ""


def reference(request: HttpRequest, name: str) -> UUID | None:
    """Return the report that a page begins after or before, as the address names it."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _map(
    filters: Filters, counts: dict[int, int], districts: list[Area], shown: list[Complaint]
) -> str:
    """Return the map of counts, each kecamatan a link that filters, with this page's reports."""
    known = {area.code: area.pk for area in districts}
    wanted = filters.without("district")

    def link(code: str) -> str:
        return f"?{to_query(wanted, district=known.get(code))}#list"

    numbers = {area.code: counts.get(area.pk, 0) for area in districts}
    chosen = next((area.code for area in districts if area.pk == filters.district), "")
    pins = [
        maps.Pin(
            report.latitude, report.longitude, report.title,
            url=reverse("complaints:detail", args=[report.uuid]),
        )
        for report in shown
        if report.latitude is not None and report.longitude is not None
    ]  # fmt: skip
    return maps.area_map(
        area_values(numbers, url_for=link),
        title=_("Reports by kecamatan"), selected=chosen, pins=pins, unit=_("reports"),
    )  # fmt: skip


def _own(request: HttpRequest) -> int:
    user = request.user
    account = user.pk if user.is_authenticated else None
    seen = access.opened(request)
    return case.of_reporter(account, seen).count() if account or seen else 0
