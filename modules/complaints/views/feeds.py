"""Public reports for other programs: Atom, RSS and GeoJSON, with the list's filters."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from balai import context
from modules.complaints.models import Complaint
from modules.complaints.selectors import paging, public
from modules.complaints.selectors.public_filters import number, parse, to_query
from modules.complaints.views import features, listing

ENTRIES = 50
MOST_FEATURES, USUAL_FEATURES = 1000, 500
SECONDS = 300
GEOJSON = "application/geo+json"

View = Callable[..., HttpResponse]


def _for_programs(view: View) -> View:
    """Let caches keep an answer for five minutes, and answer 304 to who has it already."""
    kept = cache_control(public=True, max_age=SECONDS)(view)
    return require_safe(conditional_page(vary_on_headers("Accept-Language", "Cookie")(kept)))


@_for_programs
def atom(request: HttpRequest) -> HttpResponse:
    """The newest public reports as Atom (RFC 4287)."""
    return _feed(request, Atom1Feed, "application/atom+xml; charset=utf-8")


@_for_programs
def rss(request: HttpRequest) -> HttpResponse:
    """The newest public reports as RSS 2.0."""
    return _feed(request, Rss201rev2Feed, "application/rss+xml; charset=utf-8")


@_for_programs
def geojson(request: HttpRequest) -> HttpResponse:
    """Public reports as GeoJSON (RFC 7946), at most ``limit`` (1-1000) at a time.

    Where there are more, ``next`` and the header Link (RFC 8288) lead on. Unplaced reports have
    no geometry.
    """
    filters, limit = parse(request.GET), number(request.GET.get("limit", ""))
    size = min(max(limit or USUAL_FEATURES, 1), MOST_FEATURES)
    after = listing.reference(request, "after")
    page = paging.page(public.reports(filters), filters.sort, after=after, size=size)
    body: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [
            features.single(report, url=_url(request, report)) for report in page.object_list
        ],
    }
    headers = {"Access-Control-Allow-Origin": "*"}
    if page.older:
        query = to_query(filters, limit=limit, after=page.older)
        body["next"] = request.build_absolute_uri(f"{request.path}?{query}")
        headers["Link"] = f'<{body["next"]}>; rel="next"'
    return JsonResponse(body, content_type=GEOJSON, headers=headers)


def _feed(request: HttpRequest, kind: type[SyndicationFeed], content_type: str) -> HttpResponse:
    filters = parse(request.GET)
    rows = list(public.reports(filters)[:ENTRIES])
    query = to_query(filters)
    home = request.build_absolute_uri(f"{reverse('complaints:index')}?{query}".rstrip("?"))
    feed = kind(
        title=f"{listing.name()} · {context.current_region().name}",
        link=home,
        description=_("What citizens reported and what became of it."),
        language=get_language(),
        feed_url=request.build_absolute_uri(f"{request.path}?{query}".rstrip("?")),
        feed_guid=home,
        author_name=context.current_region().name,
    )
    for report in rows:
        _add(feed, report, _url(request, report))
    answer = HttpResponse(content_type=content_type)
    feed.write(answer, "utf-8")
    return answer


def _add(feed: SyndicationFeed, report: Complaint, url: str) -> None:
    told = [str(report.status.label), report.place, report.agency.name if report.agency else ""]
    feed.add_item(
        title=_plain(report.title),
        link=url,
        description=_plain(". ".join(part for part in told if part)),
        unique_id=url,
        unique_id_is_permalink=True,
        pubdate=report.created_at,
        updateddate=_changed(report),
        categories=[report.category.label],
    )


def _changed(report: Complaint) -> datetime:
    known = (report.published_at, report.answered_at, report.resolved_at, report.closed_at)
    return max(moment for moment in (report.created_at, *known) if moment)


def _url(request: HttpRequest, report: Complaint) -> str:
    return request.build_absolute_uri(reverse("complaints:detail", args=[report.uuid]))


def _plain(text: str) -> str:
    """Return the text without control characters, which XML 1.0 cannot hold (section 2.2)."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")
