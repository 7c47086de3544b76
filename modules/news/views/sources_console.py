"""The console's pages of other sites: which are read; add, change, switch off, take away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.accounts.guards import desk_required
from modules.news import rights
from modules.news.models import Feed
from modules.news.selectors import feeds
from modules.news.services import sources
from modules.news.source_forms import SourceForm
from modules.news.views.sources import find
from modules.news.workflow import NotAllowed

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
@desk_required(rights.SOURCES)
def index(request: HttpRequest) -> HttpResponse:
    """List the feeds with what can be done with them."""
    rows = [(row, feeds.health(row), feeds.sentence(row.error)) for row in feeds.every()]
    return render(request, "news/console/sources.html", {"rows": rows})


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.SOURCES)
def edit(request: HttpRequest, source: UUID | None = None) -> HttpResponseBase:
    """Change a feed, or add one: it is read at once."""
    feed = find(source) if source else None
    initial = {"name": feed.name, "url": feed.url} if feed else {}
    form = SourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(feed, form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, _("Saved: %(name)s.") % {"name": saved.name})
            return redirect("news_desk:source", source=saved.uuid)
    page = {"form": form, "feed": feed}
    status = 422 if form.errors else 200
    return render(request, "news/console/source.html", page, status=status)


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.SOURCES)
def switch(request: HttpRequest, source: UUID) -> HttpResponseBase:
    """Switch a feed off after a question, or on again."""
    feed = find(source)
    if request.method == "POST":
        sources.switch(feed=feed, on=not feed.active)
        said = _("Switched off: %(name)s.") if feed.active else _("Switched on: %(name)s.")
        messages.success(request, said % {"name": feed.name})
        return redirect("news_console:index")
    off = feed.active
    question = _("Switch “%(name)s” off?") if off else _("Switch “%(name)s” on again?")
    page = {
        "question": question % {"name": feed.name},
        "stops": _("It is not read any more, and readers no longer see its titles.") if off else "",
        "stays": _("Address and titles stay; it can be switched on again at any time."),
        "yes": _("Switch off") if off else _("Switch on"),
    }
    return _ask(request, page)


@never_cache
@require_http_methods(METHODS)
@desk_required(rights.SOURCES)
def remove(request: HttpRequest, source: UUID) -> HttpResponseBase:
    """Take a feed away after a question."""
    feed = find(source)
    if request.method == "POST":
        sources.remove(feed=feed)
        messages.success(request, _("Taken away: %(name)s.") % {"name": feed.name})
        return redirect("news_console:index")
    page = {
        "question": _("Take “%(name)s” away?") % {"name": feed.name},
        "stops": _("Its titles and the list of its readings are deleted."),
        "stays": _("The other site itself; it can be added again."),
        "yes": _("Take away"),
    }
    return _ask(request, page)


def _ask(request: HttpRequest, page: dict[str, Any]) -> HttpResponse:
    around = {
        "confirm_base": "balai/console.html", "no": _("Back"),
        "back": reverse("news_console:index"), "danger": bool(page["stops"]),
    }  # fmt: skip
    return render(request, "balai/confirm.html", {**page, **around})


def _save(feed: Feed | None, told: dict[str, Any]) -> Feed:
    if feed is None:
        return sources.add(name=told["name"], url=told["url"])
    return sources.change(feed=feed, name=told["name"], url=told["url"])
