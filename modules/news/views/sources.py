"""How the reading of other sites goes, and which of their items are shown."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from balai.accounts.guards import desk_required
from modules.news import rights, topics
from modules.news.models import Feed
from modules.news.selectors import feeds
from modules.news.services import sources


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """List the feeds with how each one is."""
    rows = [(row, feeds.health(row), feeds.sentence(row.error)) for row in feeds.every()]
    return render(request, "news/desk/sources.html", {"rows": rows, **_may(request)})


@never_cache
@require_safe
@desk_required(rights.DESK)
def detail(request: HttpRequest, source: UUID) -> HttpResponse:
    """Show one feed: its last readings and its items."""
    return render(request, "news/desk/source.html", _page(request, source))


@never_cache
@require_safe
@desk_required(rights.DESK)
def readings(request: HttpRequest, source: UUID) -> HttpResponse:
    """Return what changes with a reading alone, for the live update."""
    return render(request, "news/desk/source_parts.html", _page(request, source))


@never_cache
@require_POST
@desk_required(rights.SOURCES)
def read_now(request: HttpRequest, source: UUID) -> HttpResponseBase:
    """Have a feed read at once; the page shows by itself what came of it."""
    feed = find(source)
    sources.hasten(feed=feed)
    messages.success(request, _("It is being read. The result appears here in a moment."))
    return redirect("news_desk:source", source=feed.uuid)


@never_cache
@require_POST
@desk_required(rights.SOURCES)
def hide(request: HttpRequest, source: UUID, key: str) -> HttpResponseBase:
    """Show an item no longer, or again."""
    item = feeds.item(source, key)
    if item is None:
        raise Http404
    hidden = request.POST.get("hidden") == "1"
    sources.hide(item=item, hidden=hidden)
    messages.success(
        request, _("Readers see it no longer.") if hidden else _("Readers see it again.")
    )
    return redirect("news_desk:source", source=source)


def find(reference: UUID) -> Feed:
    """Return a feed. Raises Http404."""
    feed = feeds.one(reference)
    if feed is None:
        raise Http404
    return feed


def _page(request: HttpRequest, reference: UUID) -> dict[str, object]:
    feed = find(reference)
    return {
        "feed": feed,
        "health": feeds.health(feed),
        "error": feeds.sentence(feed.error),
        "lines": feeds.history(feed),
        "items": list(feed.items.all()),
        "topic": topics.FEED_READ,
        **_may(request),
    }


def _may(request: HttpRequest) -> dict[str, bool]:
    return {"may_manage": request.user.has_perm(rights.SOURCES)}
