"""The table of the public page: a line a variety, with its arrow, its ends and its ceiling."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from modules.prices.models import DayPrice, Group, Market, Publication, Variety
from modules.prices.selectors import goods, published
from modules.prices.selectors.goods import Limit


@dataclass(frozen=True, slots=True)
class Cell:
    """A market's price: integer rupiah, and how many published days old it is (0: of the day)."""

    market: Market
    price: int
    age: int
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A variety on a published day; ``price`` is None when nobody observed it lately.

    ``before`` is the price of the published day before; ``age`` 0 means observed that day.
    ``mean`` is the city's, also where the line is one market's.
    """

    variety: Variety
    price: int | None = None
    before: int | None = None
    age: int = 0
    observed: int = 0
    cells: Sequence[Cell] = field(default_factory=tuple)
    limit: Limit | None = None
    mean: int | None = None

    @property
    def change(self) -> int | None:
        """Rupiah more or less than on the published day before."""
        if self.price is None or self.before is None:
            return None
        return self.price - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of the price before."""
        return self.change / self.before if self.change is not None and self.before else None

    @property
    def breach(self) -> bool:
        """Whether the price lies above the ceiling."""
        return bool(self.limit and self.price and self.limit.broken_by(self.price))

    @property
    def breaking(self) -> list[Cell]:
        """The markets above the ceiling."""
        return [cell for cell in self.cells if self.limit and self.limit.broken_by(cell.price)]

    @property
    def cheapest(self) -> list[Cell]:
        """The markets with the lowest price."""
        low = min((cell.price for cell in self.cells), default=None)
        return [cell for cell in self.cells if cell.price == low]

    @property
    def dearest(self) -> list[Cell]:
        """The markets with the highest price."""
        high = max((cell.price for cell in self.cells), default=None)
        return [cell for cell in self.cells if cell.price == high]

    @property
    def high(self) -> int | None:
        """The highest price of a market."""
        return max((cell.price for cell in self.cells), default=None)

    @property
    def spread(self) -> float | None:
        """How much dearer the dearest market is than the cheapest, as a share of the cheapest."""
        if len(self.cells) < 2:
            return None
        low = self.cheapest[0].price
        return (self.dearest[0].price - low) / low


@dataclass(frozen=True, slots=True)
class Board:
    """A published day: its lines group by group, and what it is compared with."""

    today: Publication
    before: Publication | None
    groups: Sequence[tuple[Group, Sequence[Line]]]
    markets: Sequence[Market]
    market: Market | None = None

    @property
    def lines(self) -> list[Line]:
        """All lines, in the order of the groups."""
        return [line for _, lines in self.groups for line in lines]

    @property
    def known(self) -> list[tuple[Group, Sequence[Line]]]:
        """The groups of which something has a price."""
        return [one for one in self.groups if any(line.price is not None for line in one[1])]


def board(until: date | None = None, market: Market | None = None) -> Board | None:
    """Return the last published day, not after ``until``; None before the first (5 queries).

    Args:
        market: show this market's prices instead of the city's.
    """
    pair = published.pair(until)
    if pair is None:
        return None
    varieties, places = goods.varieties(), goods.markets()
    limits = goods.limits(varieties, pair.today.date)
    groups: dict[int, tuple[Group, list[Line]]] = {}
    for variety in varieties:
        row, earlier = pair.rows.get(variety.pk), pair.rows_before.get(variety.pk)
        made = line(variety, row, earlier, places, limits.get(variety.pk), market)
        groups.setdefault(variety.group_id, (variety.group, []))[1].append(made)
    return Board(pair.today, pair.before, list(groups.values()), places, market)


def line(
    variety: Variety,
    row: DayPrice | None,
    earlier: DayPrice | None,
    markets: Sequence[Market],
    limit: Limit | None = None,
    market: Market | None = None,
) -> Line:
    """Return the line of a variety from its row of a day and of the published day before."""
    if row is None:
        return Line(variety, limit=limit)
    cells = tuple(_cells(row, earlier, markets))
    if market is None:
        age = min((cell.age for cell in cells), default=0)
        before = earlier.mean if earlier else None
        return Line(variety, row.mean, before, age, row.observed, cells, limit, row.mean)
    own, old = row.at(market.pk), earlier.at(market.pk) if earlier else None
    if own is None:
        return Line(variety, limit=limit, cells=cells, mean=row.mean)
    price, age = own
    before = old[0] if old else None
    return Line(variety, price, before, age, int(age == 0), cells, limit, row.mean)


def _cells(row: DayPrice, earlier: DayPrice | None, markets: Sequence[Market]) -> list[Cell]:
    found = []
    for market in markets:
        here, old = row.at(market.pk), earlier.at(market.pk) if earlier else None
        if here is not None:
            found.append(Cell(market, *here, change=here[0] - old[0] if old else None))
    return found
