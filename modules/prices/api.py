"""The API of prices: a published day, a food's course, and what is asked where."""

from datetime import date
from typing import Annotated, Final

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from balai.api import KeyIfGiven
from balai.api.schemas import Problem
from modules.prices import showing
from modules.prices.models import Variety
from modules.prices.selectors import goods, history, opened
from modules.prices.selectors.board import board
from modules.prices.showing import Day, Point, Slug

router = Router(tags=["prices"])
ANYBODY: Final = KeyIfGiven("prices:read")
ERRORS: Final = {code: Problem for code in (401, 403, 404, 422, 429)}
MOST_DAYS: Final = 3660


class MarketOut(Schema):
    """A market where prices are asked."""

    slug: Slug
    name: str
    latitude: float | None
    longitude: float | None


class GoodsOut(Schema):
    """A food that is asked; ``per_other`` units are in one ``other_unit``."""

    slug: Slug
    name: str
    group: str
    unit: str
    other_unit: str
    per_other: float | None


OnDay = Annotated[date | None, Field(description="The last published day up to this one.")]


class Span(Schema):
    """How far back."""

    days: Annotated[int, Field(ge=1, le=MOST_DAYS, description="Calendar days.")] = 30


class Wanted(Schema):
    """Which day; the newest one without it."""

    date: OnDay = None


@router.get("/markets", response={200: list[MarketOut], **ERRORS}, auth=ANYBODY)
def list_markets(request: HttpRequest) -> list[MarketOut]:
    """List the markets where prices are asked."""
    return [
        MarketOut(slug=one.slug, name=one.name, latitude=one.latitude, longitude=one.longitude)
        for one in goods.markets()
    ]


@router.get("/goods", response={200: list[GoodsOut], **ERRORS}, auth=ANYBODY)
def list_goods(request: HttpRequest) -> list[GoodsOut]:
    """List the foods that are asked, with their units."""
    return [
        GoodsOut(
            slug=one.slug, name=one.label, group=one.group.slug, unit=one.unit,
            other_unit=one.other_unit, per_other=float(one.per_other) if one.per_other else None,
        )
        for one in goods.varieties()
    ]  # fmt: skip


@router.get("/days/newest", response={200: Day, **ERRORS}, auth=ANYBODY)
def read_day(request: HttpRequest, wanted: Query[Wanted]) -> Day:
    """Read a published day: each food's average, ends, ceiling and markets."""
    shown = board(wanted.date)
    if shown is None:
        raise Http404
    return showing.day(shown)


@router.get("/goods/{slug}/course", response={200: list[Point], **ERRORS}, auth=ANYBODY)
def read_course(
    request: HttpRequest, slug: Annotated[str, Path(max_length=60)], span: Query[Span]
) -> list[Point]:
    """Read how a food's price moved, day by day up to the newest published one."""
    variety = Variety.objects.filter(slug=slug.replace("\0", ""), active=True).first()
    until = opened.last_day()
    if variety is None:
        raise Http404
    return showing.points(history.course(variety, until, span.days)) if until else []
