"""The editors' desk: the list, one article, its preview."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from balai.accounts.guards import desk_required
from modules.news import rights, topics, workflow
from modules.news.models import Article
from modules.news.selectors import desk, feeds, public
from modules.news.services import pushing
from modules.news.states import Kind, Push
from modules.news.views import telling

PER_PAGE = 25
TABS = {
    "open": _("In work"),
    "review": _("To review"),
    "scheduled": _("Scheduled"),
    "out": pgettext_lazy("article", "Published"),
    "stale": _("Needs a look"),
    "push": _("Messages to approve"),
    "archived": _("Archived"),
    "all": _("All"),
}
SORTS = (
    ("changed", _("Last changed")),
    ("newest", _("Newest")),
    ("title", pgettext_lazy("article", "Title")),
)


@never_cache
@require_safe
@desk_required(rights.DESK)
def index(request: HttpRequest) -> HttpResponse:
    """Show the articles within reach."""
    filters, now = desk.parse(request.GET.dict()), timezone.now()
    counts = desk.counts(request.user, now)
    tabs = [
        (name, label, counts[name], desk.to_query(filters, tab=name if name != "open" else ""))
        for name, label in TABS.items()
    ]
    return render(
        request,
        "news/desk/index.html",
        {
            **_rows(request, filters),
            "topics": " ".join(topics.DESK),
            "tabs": tabs,
            "kinds": Kind.choices,
            "sorts": SORTS,
            "quiet": desk.quiet_days(now),
            "failing": feeds.in_trouble(),
            "may_write": request.user.has_perm(rights.WRITE),
        },
    )  # fmt: skip


@never_cache
@require_safe
@desk_required(rights.DESK)
def rows(request: HttpRequest) -> HttpResponse:
    """Return the list's rows alone, for the live update."""
    filters = desk.parse(request.GET.dict())
    return render(request, "news/desk/rows.html", _rows(request, filters))


@never_cache
@require_safe
@desk_required(rights.DESK)
def detail(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Show one article with what can be done with it."""
    found, now = within_reach(request, article), timezone.now()
    offered = workflow.offered(found, request.user, now)
    page = {
        "article": found,
        "moves": offered,
        "may_edit": workflow.may_edit(found, request.user, now),
        "may_change_pictures": workflow.may_change_pictures(found, request.user, now),
        "own_words": request.user.pk in (found.author_id, found.editor_id),
        "lacking": list(workflow.lacking(found)),
        "stale": desk.is_stale(found, now),
        "out": found.is_out(now),
        "over": found.is_over(now),
        "areas": public.area_names(found.areas),
        "push": Push(found.push_state),
        "may_approve_push": not pushing.approving_problem(found, request.user, now),
        "may_push": not pushing.asking_problem(found, request.user, now),
        "revisions": found.revisions.select_related("author")[:5],
        **telling.body(found),
    }
    return render(request, "news/desk/detail.html", page)


@never_cache
@require_safe
@desk_required(rights.DESK)
def preview(request: HttpRequest, article: UUID) -> HttpResponseBase:
    """Show an article as readers will see it, to those who work on it only."""
    found = within_reach(request, article)
    return render(request, "news/article.html", {"preview": True, **telling.page(request, found)})


def _rows(request: HttpRequest, filters: desk.Filters) -> dict[str, Any]:
    """Return the variables of the rows; ``query`` is the address they are fetched from again."""
    page = Paginator(desk.matching(request.user, filters), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    turned = {"page": str(shown.number)} if shown.number > 1 else {}
    return {"page": shown, "filters": filters, "query": desk.to_query(filters, **turned)}


def within_reach(request: HttpRequest, reference: UUID) -> Article:
    """Return an article that the visitor may see at the desk. Raises Http404."""
    user: Any = request.user
    found = desk.find(user, reference)
    if found is None:
        raise Http404
    return found
