"""What everybody reads: where the money goes, what the revision changed, a search."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modules.budget.selectors import finding, overview, results
from modules.budget.selectors.figures import Part, whole
from modules.budget.states import Kind, Side
from modules.budget.views import asked, drawing

WAYS = {"agency": Kind.AGENCY, "programme": Kind.PROGRAMME, "account": Kind.ACCOUNT}
CHANGED = {"agency": Kind.AGENCY, "activity": Kind.ACTIVITY}
ROWS = 25
FEW, MANY = 5, 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one side of the budget by agency, programme or account."""
    shown = asked.shown(request)
    context = asked.page(shown)
    if shown is not None:
        way = request.GET.get("by", "")
        way = way if way in WAYS else "agency"
        parts = overview.by(shown.snapshot, shown.side, WAYS[way])
        titles = {
            "agency": _("By agency"), "programme": _("By programme"),
            "account": _("By kind of account"),
        }  # fmt: skip
        page = Paginator(parts, ROWS).get_page(request.GET.get("page"))
        spends = way == "agency" and shown.side == Side.SPENDING
        context |= {
            "beside": results.beside(page, shown.snapshot.year) if spends else [],
            "way": way, "page": page, "whole": whole(parts), "title": titles[way],
            "sides": overview.sides(shown.snapshot), "start": page.start_index() - 1,
            "tree": drawing.tree(parts, shown, titles[way]) if page.number == 1 else "",
            "course": drawing.course(overview.course(shown.snapshot, shown.side)),
            "changes": overview.changes(shown.snapshot, shown.side, Kind.ACTIVITY, FEW),
        }  # fmt: skip
    return render(request, "budget/index.html", context)


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Show what the revision changed most."""
    shown = asked.shown(request)
    context = asked.page(shown)
    if shown is not None:
        way = request.GET.get("by", "")
        way = way if way in CHANGED else "activity"
        context |= {
            "way": way, "moved": overview.movers(shown.snapshot, shown.side), "most": MANY,
            "changes": overview.changes(shown.snapshot, shown.side, CHANGED[way], MANY),
        }  # fmt: skip
    return render(request, "budget/changes.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find agencies, programmes, activities and accounts."""
    shown, words = asked.shown(request), " ".join(request.GET.get("q", "").split())[:100]
    context = asked.page(shown) | {"words": words, "least": finding.LEAST_LETTERS}
    if shown is not None and len(words) >= finding.LEAST_LETTERS:
        found = finding.find(shown.snapshot, words)
        context |= {"searched": True, "groups": _grouped(found), "count": len(found)}
    return render(request, "budget/search.html", context)


def _grouped(found: list[Part]) -> list[tuple[Kind, list[Part]]]:
    """Return the hits by kind, kinds without any left out."""
    groups = [(kind, [part for part in found if part.kind == kind]) for kind in Kind]
    return [(kind, parts) for kind, parts in groups if parts]
