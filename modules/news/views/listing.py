"""The front page of the news and one page a kind."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.http import require_safe

from balai.modules import registry
from modules.news import conf
from modules.news.selectors import feeds, paging, places, public
from modules.news.states import KINDS, Kind

PAGES = {
    Kind.NEWS: ("news:stories", pgettext_lazy("list of articles", "News")),
    Kind.NOTICE: ("news:notices", _("Announcements")),
    Kind.EVENT: ("news:agenda", _("Agenda")),
    Kind.HOAX: ("news:hoaxes", _("Clarified hoaxes")),
    Kind.EPAPER: ("news:papers", _("E-papers")),
}
INTRO = {
    Kind.NEWS: _("What the city does, told by the city."),
    Kind.NOTICE: _("What applies now. An announcement hides itself when it has run out."),
    Kind.HOAX: _("Claims that went around, what we found, and where you can check it."),
    Kind.EPAPER: _("Papers of the city to read or keep."),
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the lead story, what applies now, what comes next, and everything by time."""
    filters = public.parse("", request.GET.dict())
    after, before = reference(request, "after"), reference(request, "before")
    front = not (filters.query or after or before)
    lead = public.lead(filters) if front else None
    rows, settings = public.articles(filters), conf.current()
    if lead:
        rows = rows.exclude(pk=lead.pk)
    page = {
        **around(request, filters),
        "front": front,
        "lead": lead,
        "page": paging.page(rows, after=after, before=before),
        "events": public.upcoming(limit=4) if front else [],
        "elsewhere": feeds.latest(settings.elsewhere) if front and settings.elsewhere else [],
        "push": settings.push,
    }
    return render(request, "news/index.html", page)


@require_safe
def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the articles of one kind, the newest first."""
    filters = public.parse(kind, request.GET.dict())
    after, before = reference(request, "after"), reference(request, "before")
    page = {
        **around(request, filters),
        "kind": kind,
        "heading": PAGES[Kind(kind)][1],
        "intro": INTRO[Kind(kind)],
        "page": paging.page(public.articles(filters), after=after, before=before),
    }
    return render(request, "news/kind.html", page)


def around(request: HttpRequest, filters: public.Filters) -> dict[str, Any]:
    """Return what every list has around it: its name, the kinds as tabs, the filters."""
    here = request.path
    tabs = [(reverse("news:index"), _("All"), "", here == reverse("news:index"))]
    for kind, (page, label) in PAGES.items():
        address = reverse(page)
        tabs.append((address, label, KINDS[kind].icon, here == address))
    districts = public.districts()
    chosen = places.name(filters.area)
    return {
        "name": name(),
        "tabs": tabs,
        "filters": filters,
        "query": query(request, "q", "area"),
        "feed_query": _feed_query(filters),
        "area_query": query(request, "area"),
        "districts": districts,
        "villages": places.villages(filters.area) if chosen else [],
        "area_name": chosen,
    }


def name() -> object:
    """Return what this region calls its news."""
    module = registry.get("news")
    return registry.label(module) if module else ""


def query(request: HttpRequest, *names: str) -> str:
    """Return the part of the address that keeps a list as it is."""
    kept = request.GET.copy()
    for other in set(kept) - {name for name in names if kept.get(name)}:
        del kept[other]
    return str(kept.urlencode())


def _feed_query(filters: public.Filters) -> str:
    """Return how a feed of the same list is asked for."""
    wanted = {"kind": filters.kind, "area": filters.area, "q": filters.query}
    return urlencode({name: value for name, value in wanted.items() if value})


def reference(request: HttpRequest, name: str) -> UUID | None:
    """Return the article that a page begins after or before, as the address names it."""
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None
