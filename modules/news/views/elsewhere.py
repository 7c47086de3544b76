"""What the region's other sites told: titles that lead there, nothing of theirs is kept here."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modules.news.selectors import feeds

PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the newest items of all sites, or of one."""
    sources = feeds.sources()
    chosen = next((row for row in sources if row.uuid == _asked(request)), None)
    rows = feeds.shown(chosen.uuid if chosen else None)
    page = {
        "sources": sources,
        "chosen": chosen,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "news/elsewhere.html", page)


def _asked(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("source", ""))
    except ValueError:
        return None
