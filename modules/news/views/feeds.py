"""Articles for other programs: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, narrowed like the lists.

``?kind=notice&area=36.71.01`` gives the announcements that concern a kecamatan.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from balai import context
from modules.news import markup
from modules.news.models import Article
from modules.news.selectors import public
from modules.news.states import Kind
from modules.news.views import listing, telling

ENTRIES: Final = 30
SECONDS: Final = 300
PDF: Final = "application/pdf"

View = Callable[..., HttpResponse]


def _for_programs(view: View) -> View:
    """Let caches keep an answer for five minutes, and answer 304 to who has it already."""
    kept = cache_control(public=True, max_age=SECONDS)(view)
    return require_safe(conditional_page(vary_on_headers("Accept-Language", "Cookie")(kept)))


@_for_programs
def rss(request: HttpRequest) -> HttpResponse:
    """Give the newest articles as RSS 2.0."""
    return _feed(request, Rss201rev2Feed, "application/rss+xml; charset=utf-8")


@_for_programs
def atom(request: HttpRequest) -> HttpResponse:
    """Give the newest articles as Atom."""
    return _feed(request, Atom1Feed, "application/atom+xml; charset=utf-8")


@_for_programs
def json_feed(request: HttpRequest) -> HttpResponse:
    """Give the newest articles as JSON Feed, with their whole text."""
    filters = _filters(request)
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(filters),
        "home_page_url": _home(request, filters),
        "feed_url": request.build_absolute_uri(),
        "language": get_language(),
        "authors": [{"name": context.current_region().name}],
        "items": [_item(request, row) for row in _rows(filters)],
    }
    return JsonResponse(
        body, content_type="application/feed+json", headers={"Access-Control-Allow-Origin": "*"}
    )


def _feed(request: HttpRequest, kind: type[SyndicationFeed], content_type: str) -> HttpResponse:
    filters = _filters(request)
    home = _home(request, filters)
    feed = kind(
        title=_title(filters),
        link=home,
        description=_("What the city does, told by the city."),
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=home,
        author_name=context.current_region().name,
    )
    for row in _rows(filters):
        address = _address(request, row)
        feed.add_item(
            title=markup.printable(row.title),
            link=address,
            description=escape(markup.printable(_summary(row))),  # both formats take it for HTML
            unique_id=f"urn:uuid:{row.uuid}",
            unique_id_is_permalink=False,
            pubdate=row.publish_at,
            updateddate=row.modified_at,
            author_name=_author(row),
            categories=[str(row.look.label)],
            enclosures=_enclosures(request, row),
        )
    answer = HttpResponse(content_type=content_type)
    feed.write(answer, "utf-8")
    return answer


def _item(request: HttpRequest, row: Article) -> dict[str, Any]:
    address = _address(request, row)
    image = telling.image_of(request, next(iter(row.pictures.all()), None))
    told: dict[str, Any] = {
        "id": f"urn:uuid:{row.uuid}",
        "url": address,
        "title": row.title,
        "summary": _summary(row),
        "content_html": str(markup.render(row.text)),
        "date_published": row.publish_at.isoformat() if row.publish_at else "",
        "date_modified": row.modified_at.isoformat(),
        "authors": [{"name": _author(row)}],
        "tags": [str(row.look.label)],
    }
    if row.document:
        paper = {"url": _paper(request, row), "mime_type": PDF}
        told["attachments"] = [{**paper, "size_in_bytes": row.document["bytes"]}]
    return {**told, "image": image} if image else told


def _enclosures(request: HttpRequest, row: Article) -> list[Enclosure]:
    paper = _paper(request, row)
    return [Enclosure(paper, str(row.document["bytes"]), PDF)] if paper else []


def _filters(request: HttpRequest) -> public.Filters:
    kind = request.GET.get("kind", "")
    return public.parse(kind if kind in Kind.values else "", request.GET.dict())


def _rows(filters: public.Filters) -> list[Article]:
    """Return the newest articles with their texts, which lists leave out."""
    rows = public.articles(filters).defer(None)
    return list(rows.defer("search", "claim", "agency__area")[:ENTRIES])


def _title(filters: public.Filters) -> str:
    name = listing.PAGES[Kind(filters.kind)][1] if filters.kind else listing.name()
    return f"{name} · {context.current_region().name}"


def _home(request: HttpRequest, filters: public.Filters) -> str:
    page = listing.PAGES[Kind(filters.kind)][0] if filters.kind else "news:index"
    query = listing.query(request, "q", "area")
    return request.build_absolute_uri(reverse(page) + (f"?{query}" if query else ""))


def _summary(row: Article) -> str:
    """Return what a reader sees below the title; a claim never stands there without its verdict."""
    words = row.summary or markup.plain(row.text)[:300]
    return f"{row.get_verdict_display()}: {words}" if row.verdict else words


def _paper(request: HttpRequest, row: Article) -> str:
    """Return the address of an e-paper's PDF; "" for an article without one."""
    if not row.document:
        return ""
    return request.build_absolute_uri(reverse("news:document", args=[row.uuid]))


def _author(row: Article) -> str:
    return row.agency.name if row.agency else context.current_region().name


def _address(request: HttpRequest, row: Article) -> str:
    return request.build_absolute_uri(row.get_absolute_url())
