"""The public list and map of verified reports."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.modules import registry
from balai.ui import maps
from modules.complaints import access, conf
from modules.complaints.selectors import areas, case, categories, public
from modules.complaints.selectors.public import Filters

PER_PAGE = 20
MAX_PINS = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what others reported, by status, kind, area and words; as list and as map."""
    filters = _filters(request)
    rows = public.reports(filters)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counts = public.counts_by_district(filters)
    return render(
        request,
        "complaints/index.html",
        {
            "page": page,
            "filters": filters,
            "covers": public.cover_photos(list(page.object_list)),
            "groups": categories.groups(active_only=False),
            "districts": areas.districts(),
            "totals": public.counts_by_status(),
            "counts": counts,
            "map": _map(request, filters, counts),
            "listed": conf.current().public_list,
            "own": _own(request),
            "name": _name(),
        },
    )


def _name() -> object:
    """Return what this region calls its reports: "LAKSA", "Matur Bupati"."""
    module = registry.get(conf.SLUG)
    return registry.label(module) if module else ""


def _filters(request: HttpRequest) -> Filters:
    given = request.GET
    status = given.get("status", "")
    return Filters(
        status=status if status in public.STATUS_FILTERS else "",
        category=_number(given.get("category", "")),
        district=_number(given.get("district", "")),
        query=given.get("q", "").strip()[:100],
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _map(request: HttpRequest, filters: Filters, counts: dict[int, int]) -> str:
    """Return the map of counts; each kecamatan is a link that filters the list."""
    kept = {"status": filters.status, "category": filters.category or "", "q": filters.query}
    wanted = {name: value for name, value in kept.items() if value}

    def link(area: int) -> str:
        return f"?{urlencode({**wanted, 'district': area})}#list"

    values = areas.on_map(counts, link=link)
    chosen = next((value.code for value in values if value.url == link(filters.district or 0)), "")
    spots = public.spots(filters, MAX_PINS)
    pins = [
        maps.Pin(lat, lng, title, url=f"{request.path}{ref}/") for lat, lng, title, ref in spots
    ]
    title, unit = _("Reports by kecamatan"), _("reports")
    return maps.area_map(values, title=title, selected=chosen, pins=pins, unit=unit)


def _own(request: HttpRequest) -> int:
    user = request.user
    account = user.pk if user.is_authenticated else None
    seen = access.opened(request)
    return case.of_reporter(account, seen).count() if account or seen else 0
