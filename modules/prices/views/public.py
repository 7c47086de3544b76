"""What everybody reads: today's prices, one variety, markets side by side, ceilings."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.context import current_region
from balai.ui import charts, formats
from balai.ui.asked import day_or_404
from modules.prices import conf, units
from modules.prices.models import Market, Variety
from modules.prices.selectors import goods, history, published
from modules.prices.selectors.board import Board, Cell, Line, board, line


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show a published day, the last one by default, for the city or one market."""
    market = market_of(request)
    shown = board(day_of(request), market)
    return render(request, "prices/index.html", page(request, shown) | {"market": market})


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show all markets side by side."""
    shown = board(day_of(request))
    rows = []
    if shown:
        for group, lines in shown.groups:
            rows.append((group, [(one, _in_all(one, shown)) for one in lines if one.cells]))
    return render(request, "prices/compare.html", page(request, shown) | {"rows": rows})


@require_safe
def ceilings(request: HttpRequest) -> HttpResponse:
    """Show what the state allows, and who keeps to it."""
    shown, today = board(day_of(request)), timezone.localdate()
    if shown:
        lines = shown.lines
    else:
        varieties = goods.varieties()
        limits = goods.limits(varieties, today)
        lines = [Line(variety, limit=limits.get(variety.pk)) for variety in varieties]
    rows = [one for one in lines if one.limit]
    coming = goods.coming([one.variety for one in lines], today)
    more = {"rows": rows, "zone": conf.current().zone, "coming": coming}
    return render(request, "prices/ceilings.html", page(request, shown) | more)


@require_safe
def variety(request: HttpRequest, variety: str) -> HttpResponse:
    """Show one variety: its course, its markets, its ceilings."""
    found = get_object_or_404(Variety.objects.select_related("group"), slug=variety, active=True)
    market, until = market_of(request), day_of(request)
    pair = published.pair(until)
    days = _period(request)
    context: dict[str, Any] = {
        "variety": found, "market": market, "days": days, "periods": history.PERIODS,
        "markets": goods.markets(),
        "decrees": history.decrees(found, conf.current().zone),
        "today": timezone.localdate(),
    }  # fmt: skip
    if pair:
        limits = goods.limits([found], pair.today.date)
        rows = (pair.rows.get(found.pk), pair.rows_before.get(found.pk))
        now = line(found, *rows, context["markets"], limits.get(found.pk), market)
        context |= {
            "line": now, "pair": pair, "other": now.price and units.in_other(now.price, found),
            **_course(found, market, pair.today.date, days, now),
            "closed": {cell.market.pk: cell for cell in now.cells},
        }  # fmt: skip
    return render(request, "prices/variety.html", context | said())


def page(request: HttpRequest, shown: Board | None) -> dict[str, Any]:
    """Return what the pages of a day share."""
    context: dict[str, Any] = {
        "board": shown,
        "markets": shown.markets if shown else goods.markets(),
    }
    if shown:
        newest = day_of(request) is None
        context |= {
            "newest": newest,
            "breaches": [one for one in shown.lines if one.breach],
            "stale": newest and (timezone.localdate() - shown.today.date).days > 7,
        }
    return context | said()


def said() -> dict[str, Any]:
    """Return source and method, as the region set them."""
    settings = conf.current()
    return {"source": settings.source or current_region().name, "settings": settings}


def market_of(request: HttpRequest) -> Market | None:
    """Return the market that is asked for, None for the city; 404 for one that is not there."""
    slug = request.GET.get("market", "")
    return get_object_or_404(Market, slug=slug, active=True) if slug else None


def day_of(request: HttpRequest) -> date | None:
    """Return the day that is asked for, None for the newest; 404 for what is no date."""
    return day_or_404(request.GET.get("date", ""))


def _period(request: HttpRequest) -> int:
    text = request.GET.get("days", "")
    return int(text) if text in {str(days) for days in history.PERIODS} else history.PERIODS[0]


def _in_all(one: Line, shown: Board) -> list[tuple[Cell | None, bool]]:
    """Return a line's cells market by market, and whether one is the lowest of several prices."""
    cells = {cell.market.pk: cell for cell in one.cells}
    low = one.cheapest[0].price if one.spread else None
    row = [cells.get(market.pk) for market in shown.markets]
    return [(cell, cell is not None and cell.price == low) for cell in row]


def _course(
    found: Variety, market: Market | None, until: date, days: int, now: Line
) -> dict[str, Any]:
    """Return the chart, and the lowest and the highest price in it as (rupiah, day).

    A carried price is told in the table, marked H-1; the line shows what was observed.
    """
    told = [
        (day, *history.value(row, market)) for day, row in history.course(found, until, days).days
    ]
    first = told[0][0] if told else until
    span = max((until - first).days, 1)
    points = [
        charts.Point(
            formats.short_date(day),
            price,
            f"H-{age}" if age else "",
            at=(day - first).days / span,
            drawn=not age,
        )
        for day, price, age in told
    ]
    known = [(price, day) for day, price, _age in told if price is not None]
    place = market.name if market else _("City average")
    title = _("%(name)s, %(place)s") % {"name": found.label, "place": place}
    unit = _("Rp per %(unit)s") % {"unit": found.get_unit_display()}
    limit = now.limit
    reference = charts.Point(_("Ceiling"), limit.high) if limit else None
    chart = charts.line(points, title=title, unit=unit, reference=reference)
    return {"chart": chart, "lowest": min(known, default=None), "highest": max(known, default=None)}
