"""Prices for programs: CSV, JSON, a long table like WFP's, and feeds for the national systems."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from balai import csv_out
from balai.context import current_region
from balai.ui import errors
from modules.prices import feeds, spans
from modules.prices.models import Market, Variety
from modules.prices.selectors import opened
from modules.prices.spans import Span, WrongSpan
from modules.prices.views.public import day_of

SECONDS: Final = 300
YEARS: Final = 366 * 50
QUARTER: Final = 92
YEAR: Final = 366
DAILY: Final = ("date", "revision", "commodity_id", "commodity", "category", "unit", "currency",
                "mean", "lowest", "highest", "markets_observed", "markets")  # fmt: skip
LONG: Final = ("date", "admin1", "market", "market_id", "latitude", "longitude", "category",
               "commodity", "commodity_id", "unit", "priceflag", "pricetype", "currency",
               "price")  # fmt: skip
View = Callable[..., HttpResponseBase]


def for_programs(view: View) -> View:
    """Answer every site's scripts, let caches keep it five minutes, and say what is wrong."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, **kwargs)
        except WrongSpan as wrong:
            return errors.page(request, 400, text=str(wrong))
        response["Access-Control-Allow-Origin"] = "*"
        return response

    kept: View = cache_control(public=True, max_age=SECONDS)(answer)
    return require_safe(kept)


@for_programs
def daily_csv(request: HttpRequest) -> HttpResponseBase:
    """The city's figures, a line a variety and day; the last year unless ``from`` says more."""
    span = spans.read(request.GET, usual=YEAR, most=YEARS, today=timezone.localdate())
    return csv_out.response(_name("prices", span), _with_head(DAILY, _daily(span)))


@for_programs
def daily_json(request: HttpRequest) -> HttpResponse:
    """The same with each market's price and its age in published days; a quarter at most."""
    span = spans.read(request.GET, usual=31, most=QUARTER, today=timezone.localdate())
    goods, markets = _goods(), _markets()
    prices = [
        {
            "date": row.date.isoformat(), "revision": row.revision,
            "commodity_id": goods[row.variety_id].slug,
            "commodity": goods[row.variety_id].label_id, "unit": goods[row.variety_id].unit,
            "mean": row.mean, "lowest": row.low, "highest": row.high,
            "markets": [
                {"market_id": markets[int(pk)].slug, "price": price, "age": age}
                for pk, (price, age) in row.markets.items()
            ],
        }
        for row in opened.rows(span.since, span.until)
    ]  # fmt: skip
    return JsonResponse(
        {
            "region": current_region().name, "region_code": current_region().code,
            "currency": "IDR", "from": span.since.isoformat(), "to": span.until.isoformat(),
            "markets": [{"market_id": one.slug, "market": one.name} for one in markets.values()],
            "prices": prices,
        }
    )  # fmt: skip


@for_programs
def long_csv(request: HttpRequest) -> HttpResponseBase:
    """A line a market, variety and day, as WFP's price tables are; a year at most."""
    span = spans.read(request.GET, usual=31, most=YEAR, today=timezone.localdate())
    return csv_out.response(_name("market-prices", span), _with_head(LONG, _long(span)))


@for_programs
def feed_json(request: HttpRequest, system: str) -> HttpResponse:
    """A published day for a national system, the newest unless ``date`` names one."""
    return JsonResponse(feeds.document(system, day_of(request)))


@for_programs
def feed_csv(request: HttpRequest, system: str) -> HttpResponseBase:
    """The same as a table to upload there."""
    found = feeds.document(system, day_of(request))
    rows = [[row[name] for name in feeds.COLUMNS] for row in found["harga"]]
    name = f"{system}-{found['tanggal'] or 'kosong'}.csv"
    return csv_out.response(name, _with_head(feeds.COLUMNS, rows))


def _daily(span: Span) -> Iterator[tuple[Any, ...]]:
    goods = _goods()
    for row in opened.rows(span.since, span.until):
        variety = goods[row.variety_id]
        yield (
            row.date, row.revision, variety.slug, variety.label_id, variety.group.label_id,
            variety.unit, "IDR", row.mean, row.low, row.high, row.observed, len(row.markets),
        )  # fmt: skip


def _long(span: Span) -> Iterator[tuple[Any, ...]]:
    """Yield what was observed; a price carried forward is no observation and left out."""
    goods, markets, region = _goods(), _markets(), current_region().name
    for row in opened.rows(span.since, span.until):
        variety = goods[row.variety_id]
        for pk, (price, age) in row.markets.items():
            if age:
                continue
            market = markets[int(pk)]
            yield (
                row.date, region, market.name, market.slug, market.latitude, market.longitude,
                variety.group.label_id, variety.label_id, variety.slug, variety.unit.upper(),
                "actual", "Retail", "IDR", price,
            )  # fmt: skip


def _goods() -> dict[int, Variety]:
    """Return all varieties by pk: old days hold some that are asked no more."""
    return {row.pk: row for row in Variety.objects.select_related("group")}


def _markets() -> dict[int, Market]:
    return {row.pk: row for row in Market.objects.all()}


def _name(what: str, span: Span) -> str:
    return f"{what}-{span.since:%Y%m%d}-{span.until:%Y%m%d}.csv"


def _with_head(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[Iterable[Any]]:
    yield head
    yield from rows
