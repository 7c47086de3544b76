"""Prices of an older system from a table, found by the kernel."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _, gettext_noop

from balai.importing import Importer, Outcome, Problem, Row, importer
from modules.prices import units
from modules.prices.legacy.columns import WIDE, PerRegion
from modules.prices.legacy.lookups import Markets, Varieties
from modules.prices.legacy.options import OptionsForm
from modules.prices.models import Market, Variety
from modules.prices.services import taking_in
from modules.prices.services.taking_in import OldPrice
from modules.prices.spans import FIRST_YEAR
from modules.prices.states import Unit

if TYPE_CHECKING:
    from balai.importing.models import ImportRun

NO_GOODS = gettext_noop("No goods are called “%(value)s”.")
NO_MARKET = gettext_noop("No market is called “%(value)s”.")
WHICH_DAY = gettext_noop("The row does not say of which day it is.")
WHICH_MARKET = gettext_noop("The row does not say of which market it is.")
NO_PRICES = gettext_noop("The table has neither a column of prices nor one for each market.")
IN_FUTURE = gettext_noop("The date lies in the future.")
TOO_EARLY = gettext_noop("The date lies before 1990.")
OTHER_UNIT = gettext_noop("“%(value)s” cannot be converted into the goods' own unit.")
TWICE = gettext_noop("Row %(row)s has the same day, market and goods.")
OWN = gettext_noop("The city's own people asked there that day. Correct it at the desk.")


@importer("prices.quotes")
class Quotes(Importer):
    """Old prices: known again by day, market and goods. 0 means that nobody observed one."""

    label = _("Prices of an older system")
    summary = _("A row for each price, or a column for each market. Earlier days are published.")
    icon = "shopping-basket"
    permission = "prices.import"
    columns = PerRegion()  # a region's markets are columns too
    batch = 2_000
    options_form = OptionsForm
    publishes = True

    def prepare(self, run: "ImportRun") -> None:
        """Load goods, markets and the days of our own work: three queries for any file."""
        told = run.options
        self.source = str(told.get("source") or "")
        self.wide = [name for name in run.mapping if name.startswith(WIDE)]
        self.has_price = "price" in run.mapping
        self.varieties, self.markets = Varieties(), Markets()
        self.own = taking_in.own_days()
        self.day = date.fromisoformat(told["day"]) if told.get("day") else None
        self.market = self.markets.by_slug.get(told.get("market") or "")
        self.today = timezone.localdate()
        self.seen: dict[tuple[date, int, int], int] = {}

    def check(self, row: Row) -> Iterable[Problem]:
        """Look up what the cells name; put (market, price) pairs into the row."""
        row.values["prices"] = []
        variety = self.varieties.find(row.values["commodity"])
        if variety is None and self._is_title(row):
            return
        if not self.wide and not self.has_price:
            yield Problem("price", NO_PRICES)
        if variety is None:
            yield _unknown("commodity", NO_GOODS, row.values["commodity"])
        row.values["variety"] = variety
        yield from self._date(row)
        yield from self._places(row)
        if variety is not None:
            yield from self._converted(row, variety)
            yield from self._new(row, variety)

    def write(self, rows: Sequence[Row]) -> Outcome:
        """Store a batch."""
        prices = [
            OldPrice(row.values["date"], market.pk, row.values["variety"].pk, price or None)
            for row in rows
            for market, price in row.values["prices"]
        ]
        return Outcome(*taking_in.take_in(prices, source=self.source))

    def choices(self, column: str) -> Sequence[tuple[str, Any]]:
        """Return what unknown words may stand for."""
        if column == "commodity":
            return [(row.slug, row.label) for row in self.varieties.rows]
        if column == "market":
            return [(row.slug, row.name) for row in self.markets.rows]
        return [(unit.value, unit.label) for unit in Unit]

    def _is_title(self, row: Row) -> bool:
        """Tell whether the line only names a group of goods above the lines that follow."""
        told = (*self.wide, "price", "market", "unit")
        return not any(row.texts.get(name) for name in told)

    def _date(self, row: Row) -> Iterable[Problem]:
        day = row.values.get("date") or self.day
        row.values["date"] = day
        if day is None:
            yield Problem("date", WHICH_DAY)
        elif day.year < FIRST_YEAR:
            yield Problem("date", TOO_EARLY)
        elif day > self.today:
            yield Problem("date", IN_FUTURE)

    def _places(self, row: Row) -> Iterable[Problem]:
        """Pair markets with prices: the row's own market, or each column's."""
        if self.wide:
            row.values["prices"] = [
                (self.markets.by_slug[name.removeprefix(WIDE)], row.values.get(name) or 0)
                for name in self.wide
            ]
            return
        told = row.values.get("market")
        market = self.markets.find(told) if told else self.market
        if market is None:
            yield _unknown("market", NO_MARKET, told) if told else Problem("market", WHICH_MARKET)
            return
        row.values["prices"] = [(market, row.values.get("price") or 0)]

    def _converted(self, row: Row, variety: Variety) -> Iterable[Problem]:
        """Turn prices for another unit into those for the goods' own."""
        unit = row.values.get("unit")
        if unit is None or unit == variety.unit:
            return
        found: list[tuple[Market, int]] = []
        for market, price in row.values["prices"]:
            own = units.in_own(price, unit, variety) if price else 0
            if own is None:
                yield Problem("unit", OTHER_UNIT, {"value": row.texts["unit"][:60]})
                return
            found.append((market, own))
        row.values["prices"] = found

    def _new(self, row: Row, variety: Variety) -> Iterable[Problem]:
        """Refuse a second row for the same, and what our own people asked."""
        day = row.values["date"]
        for market, _price in row.values["prices"] if day else ():
            if (day, market.pk) in self.own:
                yield Problem("date", OWN)
                return
            first = self.seen.setdefault((day, market.pk, variety.pk), row.number)
            if first != row.number:
                yield Problem("commodity", TWICE, {"row": first})
                return


def _unknown(column: str, message: str, told: Any) -> Problem:
    return Problem(column, message, {"value": str(told)[:60]}, unknown=True)
