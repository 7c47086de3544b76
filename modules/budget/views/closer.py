"""One heading closer: an agency (also to print), a programme, an account, an activity."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from modules.budget.selectors import drill, overview, results
from modules.budget.selectors.figures import Figures, parts, whole
from modules.budget.states import Kind, Side
from modules.budget.views import asked, drawing


@require_safe
def agency(request: HttpRequest, agency: str) -> HttpResponse:
    """Show an agency's programmes and activities, what it buys, and its course."""
    shown, heading = asked.shown_or_404(request), asked.heading_or_404(Kind.AGENCY, agency)
    has = drill.has(shown.snapshot, heading)
    branches = drill.branches(shown.snapshot, shown.side, heading)
    programmes = [branch.programme for branch in branches]
    accounts = parts(
        shown.snapshot, Kind.ACCOUNT, shown.side, agency=heading, level=overview.TYPE_LEVEL
    )
    steps = overview.course(shown.snapshot, shown.side, heading)
    spends = shown.side == Side.SPENDING
    context = asked.page(shown) | {
        "heading": heading, "figures": has.get(shown.side, Figures()), "sides": has,
        "branches": branches, "accounts": accounts,
        "result": results.of_agency(heading, shown.snapshot.year) if spends else None,
        "tree": drawing.tree(programmes, shown, _("By programme")),
        "course": drawing.course(steps),
    }  # fmt: skip
    return render(request, "budget/agency.html", context)


@require_safe
def activity(request: HttpRequest, agency: str, activity: str) -> HttpResponse:
    """Show an activity's lines: the accounts on which its money is spent."""
    shown, owner = asked.shown_or_404(request), asked.heading_or_404(Kind.AGENCY, agency)
    heading = asked.heading_or_404(Kind.ACTIVITY, activity)
    lines = drill.lines(shown.snapshot, owner, heading)
    figures = sum(
        (Figures(line.budget, line.revised, line.realised, 1) for line in lines), Figures()
    )
    rows = [(line, Figures(line.budget, line.revised, line.realised, 1)) for line in lines]
    context = asked.page(shown) | {
        "heading": heading, "agency": owner, "figures": figures, "rows": rows,
        "programmes": sorted({line.programme for line in lines}, key=str),
    }  # fmt: skip
    return render(request, "budget/activity.html", context)


@require_safe
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Show who takes part in a programme, and its activities."""
    shown, heading = asked.shown_or_404(request), asked.heading_or_404(Kind.PROGRAMME, programme)
    state, side = shown.snapshot, shown.side
    agencies = parts(state, Kind.PROGRAMME, side, by=("agency",), heading=heading)
    activities = parts(state, Kind.ACTIVITY, side, by=("heading", "agency"), parent=heading)
    context = asked.page(shown) | {
        "heading": heading, "figures": whole(agencies), "agencies": agencies,
        "activities": activities, "tree": drawing.tree(activities, shown, _("By activity")),
    }  # fmt: skip
    return render(request, "budget/programme.html", context)


@require_safe
def account(request: HttpRequest, account: str) -> HttpResponse:
    """Show the accounts beneath one, and the agencies that spend on it."""
    shown, heading = asked.shown_or_404(request), asked.heading_or_404(Kind.ACCOUNT, account)
    side = Side(int(heading.key[0]))  # the account says it, whatever the address does
    agencies = parts(shown.snapshot, Kind.ACCOUNT, side, by=("agency",), heading=heading)
    below = parts(shown.snapshot, Kind.ACCOUNT, side, parent=heading)
    if not agencies and not below and heading.code.count(".") > 3:
        raise Http404  # deeper accounts are shown with the activities that use them
    context = asked.page(shown) | {
        "heading": heading, "figures": whole(agencies), "agencies": agencies, "below": below,
        "above": drill.path(heading.code),
        "tree": drawing.tree(below or agencies, shown, heading.label),
    }  # fmt: skip
    return render(request, "budget/account.html", context)
