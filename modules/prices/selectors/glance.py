"""A few goods at a glance: what the home page, walls and the shared picture show."""

from collections.abc import Sequence
from dataclasses import dataclass

from modules.prices.models import Publication
from modules.prices.selectors import goods, published
from modules.prices.selectors.board import Line, line

MOST = 8


@dataclass(frozen=True, slots=True)
class Glance:
    """The newest day (or an earlier one) and the city's lines of a few goods."""

    day: Publication
    before: Publication | None
    lines: Sequence[Line]


def glance(most: int = MOST, *, breaking: bool = False) -> Glance | None:
    """Return the goods of the region's basket that have a price; None before the first day.

    Three queries, four with ``breaking``: then it is every good above its ceiling instead.
    """
    pair = published.pair()
    if pair is None:
        return None
    asked = goods.varieties()
    limits = goods.limits(asked, pair.today.date) if breaking else {}
    chosen = asked if breaking else [one for one in asked if one.basket > 0] or asked
    lines = [
        line(one, pair.rows.get(one.pk), pair.rows_before.get(one.pk), (), limits.get(one.pk))
        for one in chosen
    ]
    known = [one for one in lines if one.price is not None and (one.breach or not breaking)]
    return Glance(pair.today, pair.before, known[:most])
