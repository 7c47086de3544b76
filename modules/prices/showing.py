"""A published day as programs see it, in the API and in webhooks."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from modules.prices.selectors.board import Board, Line
from modules.prices.selectors.history import Course

Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9][a-z0-9_-]*$")]


class MarketPrice(Schema):
    """A market's price: rupiah; ``age`` 0 was observed that day, n is n published days old."""

    market: Slug
    price: int
    age: int


class Price(Schema):
    """One food: rupiah for one ``unit``; ``mean`` over the markets, None if nobody observed it."""

    slug: Slug
    name: str
    group: str
    unit: str
    mean: int | None
    change: int | None
    lowest: int | None
    highest: int | None
    ceiling: int | None
    markets: list[MarketPrice]


class Day(Schema):
    """A published day; ``compared_with`` is the day that ``change`` counts from."""

    date: dt.date
    revision: int
    reason: str
    published_at: dt.datetime
    compared_with: dt.date | None
    currency: str = "IDR"
    prices: list[Price]


class Point(Schema):
    """A food on one day."""

    date: dt.date
    mean: int
    lowest: int
    highest: int
    markets_observed: int


def day(shown: Board) -> Day:
    """Return a board for programs."""
    return Day(
        date=shown.today.date,
        revision=shown.today.revision,
        reason=shown.today.reason,
        published_at=shown.today.published_at,
        compared_with=shown.before.date if shown.before else None,
        prices=[_price(line) for line in shown.lines],
    )


def points(found: Course) -> list[Point]:
    """Return a course for programs; days without a price are left out."""
    return [
        Point(date=row.date, mean=row.mean, lowest=row.low, highest=row.high,
              markets_observed=row.observed)
        for row in found.known
    ]  # fmt: skip


def _price(line: Line) -> Price:
    prices = [cell.price for cell in line.cells]
    return Price(
        slug=line.variety.slug, name=line.variety.label, group=line.variety.group.slug,
        unit=line.variety.unit, mean=line.mean, change=line.change,
        lowest=min(prices, default=None), highest=max(prices, default=None),
        ceiling=line.limit.high if line.limit else None,
        markets=[
            MarketPrice(market=cell.market.slug, price=cell.price, age=cell.age)
            for cell in line.cells
        ],
    )  # fmt: skip
