"""The desk: who spends too slowly, where too much was spent, what is spent at the year's end."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from modules.budget import tables
from modules.budget.desk_forms import FilterForm, Wanted
from modules.budget.selectors import overview, watch
from modules.budget.states import Side
from modules.budget.views.lists import LISTINGS, Listing

ROWS, MOST = 50, 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A list with its filters; ``wanted`` is None before the first state of the budget."""

    listing: Listing
    form: FilterForm | None
    wanted: Wanted | None


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show who lies behind the elapsed year, the widest gap first."""
    return _show(request, "behind")


@never_cache
@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """Show the lines on which more was realised than allowed."""
    return _show(request, "over")


@never_cache
@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Show what was spent at the year's end."""
    return _show(request, "late")


@never_cache
@require_safe
def export(request: HttpRequest, listing: str, form: str) -> HttpResponseBase:
    """Give a list, filtered as on its page, as CSV or XLSX."""
    asked = _asked(request, listing)
    rows = asked.listing.rows(asked.wanted)[:MOST] if asked.wanted else ()
    labels = [str(label) for label in asked.listing.labels]
    day = f"-{asked.wanted.snapshot.as_of:%Y%m%d}" if asked.wanted else ""
    cells = [asked.listing.cells(row) for row in rows]
    return tables.response(f"budget-{listing}{day}", form, labels, cells)


def _asked(request: HttpRequest, name: str) -> Asked:
    listing, states = LISTINGS[name], watch.counted()
    if not states:
        return Asked(listing, None, None)
    told = request.GET.get("state", "")
    snapshot = next((row for row in states if str(row.uuid) == told), states[0])
    form = FilterForm(
        request.GET.dict(), states=states, agencies=watch.agencies(snapshot), usual=listing.usual
    )
    return Asked(listing, form, form.wanted(snapshot))


def _show(request: HttpRequest, name: str) -> HttpResponse:
    asked = _asked(request, name)
    context: dict[str, Any] = {"here": name, "form": asked.form, "wanted": asked.wanted}
    context["files"] = [
        (form.upper(), reverse(f"budget_desk:{name}-{form}") + _kept(request))
        for form in tables.FORMS
    ]
    if asked.wanted is not None:
        snapshot, rows = asked.wanted.snapshot, asked.listing.rows(asked.wanted)
        page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        context |= {
            "snapshot": snapshot, "elapsed": snapshot.elapsed, "page": page, "most": MOST,
            "figures": overview.sides(snapshot).get(Side.SPENDING),
            "start": watch.before_rush(snapshot),             "sum": _sum(rows, name),
        }  # fmt: skip
    return render(request, "budget/desk/index.html", context)


def _sum(rows: Any, name: str) -> int:
    """Return the rupiah that a list is about."""
    column = {"behind": "gap", "over": "excess", "late": "late"}[name]
    return int(rows.order_by().aggregate(sum=Sum(column))["sum"] or 0)


def _kept(request: HttpRequest) -> str:
    """Return the filters as a question, for the file's address."""
    told = request.GET.copy()
    told.pop("page", None)
    return f"?{told.urlencode()}" if told else ""
