"""The basket: what a list of goods costs in each market."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from modules.prices import units
from modules.prices.models import Market, Variety
from modules.prices.selectors.board import Board

MOST = Decimal(100)
"""The largest amount of one good; beyond it is a typing mistake."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A good, how much of it, and what that costs on the city's average."""

    variety: Variety
    amount: Decimal
    cost: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """What the basket costs in a market; ``missing`` goods have no price there."""

    market: Market
    cost: int
    missing: Sequence[Variety]
    more: int | None = None

    @property
    def complete(self) -> bool:
        """Whether everything has a price there."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Basket:
    """All of it; ``totals`` begins with the cheapest complete market."""

    wishes: Sequence[Wish]
    totals: Sequence[Total]
    mean: int | None
    before: int | None

    @property
    def change(self) -> int | None:
        """Rupiah more or less than on the published day before."""
        if self.mean is None or self.before is None:
            return None
        return self.mean - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of what it cost before."""
        return self.change / self.before if self.change is not None and self.before else None


def amounts(told: Mapping[str, str], varieties: Sequence[Variety]) -> dict[int, Decimal]:
    """Return how much of each variety was asked for, by its pk.

    Args:
        told: amounts by slug as typed, "1,5" or "1.5"; nonsense counts as nothing. When none is
            named at all, it is the region's basket.
    """
    if not any(variety.slug in told for variety in varieties):
        return {variety.pk: variety.basket for variety in varieties if variety.basket > 0}
    found = {variety.pk: _amount(told.get(variety.slug, "")) for variety in varieties}
    return {pk: amount for pk, amount in found.items() if amount > 0}


def refused(told: Mapping[str, str], varieties: Sequence[Variety]) -> dict[int, str]:
    """Return what was typed beside goods and is no usable amount, by the variety's pk."""
    typed = {variety.pk: told.get(variety.slug, "").strip() for variety in varieties}
    nothing = re.compile(r"0*([.,]0*)?\Z")
    return {
        pk: text[:20] for pk, text in typed.items() if not nothing.match(text) and not _amount(text)
    }


def _amount(text: str) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal(0)
    usable = value.is_finite() and 0 < value <= MOST
    return value.quantize(Decimal("0.01")) if usable else Decimal(0)


def fill(board: Board, wanted: Mapping[int, Decimal]) -> Basket:
    """Return what the wanted amounts cost, in the city and in each market."""
    lines = [line for line in board.lines if line.variety.pk in wanted]
    wishes = [
        Wish(line.variety, wanted[line.variety.pk], _cost(line.price, wanted[line.variety.pk]))
        for line in lines
    ]
    totals = []
    for market in board.markets:
        prices = {
            line.variety.pk: cell.price
            for line in lines
            for cell in line.cells
            if cell.market.pk == market.pk
        }
        cost = sum(_cost(price, wanted[pk]) or 0 for pk, price in prices.items())
        missing = [line.variety for line in lines if line.variety.pk not in prices]
        if prices:
            totals.append(Total(market, cost, missing))
    known = all(line.before for line in lines)
    before = sum(_cost(line.before, wanted[line.variety.pk]) or 0 for line in lines)
    mean = sum(wish.cost or 0 for wish in wishes) if wishes else None
    return Basket(wishes, _ranked(totals), mean, before if known and lines else None)


def _cost(price: int | None, amount: Decimal) -> int | None:
    return None if price is None else units.rounded(price * amount)


def _ranked(totals: list[Total]) -> list[Total]:
    ordered = sorted(totals, key=lambda total: (len(total.missing), total.cost))
    if not ordered or not ordered[0].complete:
        return ordered
    least = ordered[0].cost
    return [
        Total(one.market, one.cost, one.missing, one.cost - least if one.complete else None)
        for one in ordered
    ]
