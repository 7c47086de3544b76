"""The sheet an enumerator fills in: fields trader by trader, each with what it cost before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from modules.prices import conf, gate
from modules.prices.models import Group, Market, Quote, Round, Trader, Variety
from modules.prices.selectors import goods, published
from modules.prices.states import Seen

LOOK_BACK = timedelta(days=21)
"""How far back a trader's last price may lie: over the longest holiday (Idul Fitri)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: a variety at a trader. All prices are integer rupiah for the variety's unit.

    ``before`` is what this trader asked last, on ``before_on``; else what the market cost.
    ``usual`` is the market's median of seven published days.
    """

    variety: Variety
    trader: Trader | None
    quote: Quote | None
    before: int | None
    before_on: date | None
    usual: int | None
    ceiling: int | None

    @property
    def key(self) -> tuple[int, int | None]:
        """Which field it is."""
        return self.variety.pk, self.trader.pk if self.trader else None

    @property
    def moved(self) -> int | None:
        """Rupiah more or less than before."""
        if self.before is None or self.quote is None or self.quote.price is None:
            return None
        return self.quote.price - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of what it cost before."""
        return self.moved / self.before if self.moved is not None and self.before else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A market's fields of one day, group by group."""

    market: Market
    day: date
    round: Round | None
    groups: Sequence[tuple[Group, Sequence[Entry]]]
    percent: int

    @property
    def entries(self) -> list[Entry]:
        """All fields."""
        return [entry for _, entries in self.groups for entry in entries]

    @property
    def filled(self) -> int:
        """How many fields have a price or a reason."""
        return sum(entry.quote is not None for entry in self.entries)


def sheet(market: Market, day: date) -> Sheet:
    """Return the fields of a market on a day, whatever the number of goods (8 queries).

    Without a panel of traders there is one field a variety. What is stored always has its field:
    an imported price has no trader, and traders or goods may rest by now.
    """
    rounds = Round.objects.filter(date=day, market=market).select_related("enumerator")
    round_ = rounds.first()
    traders = list(Trader.objects.filter(market=market, active=True))
    quotes = {(one.variety_id, one.trader_id): one for one in _stored(round_)}
    varieties = _asked_or_stored(quotes.values())
    limits = goods.limits(varieties, day)
    panel = [] if round_ and round_.source else traders
    asked, usual = _asked_before(market, day), published.week(day, gate.WEEK)
    groups: dict[int, tuple[Group, list[Entry]]] = {}
    for variety in varieties:
        week = usual.get((variety.pk, market.pk), [])
        limit = limits.get(variety.pk)
        for trader in _who(variety, panel, quotes.values()):
            key = (variety.pk, trader.pk if trader else None)
            before, on = asked.get(key) or asked.get((variety.pk, None)) or (None, None)
            entry = Entry(
                variety, trader, quotes.get(key), before or (week[0] if week else None), on,
                gate.middle(week), limit.high if limit else None,
            )  # fmt: skip
            groups.setdefault(variety.group_id, (variety.group, []))[1].append(entry)
    return Sheet(market, day, round_, list(groups.values()), conf.current().outlier_percent)


def _stored(round_: Round | None) -> Iterable[Quote]:
    if round_ is None:
        return ()
    return Quote.objects.filter(round=round_).select_related("photo", "trader", "variety__group")


def _asked_or_stored(quotes: Iterable[Quote]) -> list[Variety]:
    """Return the goods that are asked, and behind them those with a price that rest by now."""
    asked = goods.varieties()
    known = {variety.pk for variety in asked}
    return [*asked, *dict.fromkeys(one.variety for one in quotes if one.variety_id not in known)]


def _who(
    variety: Variety, panel: Sequence[Trader], quotes: Iterable[Quote]
) -> Sequence[Trader | None]:
    """Return who is asked about a variety; one nameless field where nobody sells it."""
    sellers = [trader for trader in panel if trader.sells(variety.group.slug)]
    others = [
        one.trader for one in quotes
        if one.variety_id == variety.pk and one.trader not in sellers
    ]  # fmt: skip
    return [*sellers, *others] or [None]


def _asked_before(market: Market, day: date) -> dict[tuple[int, int | None], tuple[int, date]]:
    """Return the last observed price and its day, by (variety, trader) (1 query)."""
    rows = (
        Quote.objects.filter(
            round__market=market, round__date__lt=day, round__date__gte=day - LOOK_BACK,
            seen=Seen.OBSERVED,
        )
        .order_by("variety_id", "trader_id", "-round__date")
        .distinct("variety_id", "trader_id")
        .values_list("variety_id", "trader_id", "price", "round__date")
    )  # fmt: skip
    return {(variety, trader): (price, on) for variety, trader, price, on in rows if price}
