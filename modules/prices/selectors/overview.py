"""What officers look at: the day's rounds, what stands out, what has been rising."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from balai import workcal
from balai.ui.status import Status
from modules.prices import conf
from modules.prices.models import Market, Quote, Round, Variety
from modules.prices.selectors import goods, published
from modules.prices.selectors.board import Board, Line
from modules.prices.states import MISSING_ROUND, UNFINISHED, Seen, State

RISING_DAYS = 3
MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a market has got on a day; ``late`` by the region's ``submit_by``."""

    market: Market
    round: Round | None
    priced: int
    missing: int
    flagged: int
    late: bool

    @property
    def status(self) -> Status:
        """Colour, icon and word."""
        return self.round.status if self.round else MISSING_ROUND

    @property
    def finished(self) -> bool:
        """Whether the enumerator has handed it in."""
        return self.round is not None and self.round.state not in UNFINISHED


@dataclass(frozen=True, slots=True)
class Day:
    """All markets of a day. ``due`` is False on a day off: then nobody is late."""

    date: date
    due: bool
    stands: Sequence[Stand]

    def in_state(self, *states: str) -> list[Stand]:
        """Return the markets whose round is in one of the states."""
        return [stand for stand in self.stands if stand.round and stand.round.state in states]

    @property
    def late(self) -> list[Stand]:
        """The markets that should have handed in by now."""
        return [stand for stand in self.stands if stand.late]

    @property
    def ready(self) -> list[Stand]:
        """The markets that the next publication takes along."""
        return self.in_state(State.VERIFIED)

    @property
    def unverified(self) -> list[Stand]:
        """The markets whose prices wait for a validator."""
        return self.in_state(State.SUBMITTED)

    @property
    def waiting(self) -> list[Stand]:
        """The markets that it would leave out."""
        done = (State.VERIFIED, State.PUBLISHED)
        return [one for one in self.stands if one.round is None or one.round.state not in done]


def day(on: date, now: datetime) -> Day:
    """Return how far each market has got on a day (3 queries, and the calendar's)."""
    rounds = {one.market_id: one for one in Round.objects.filter(date=on)}
    counts: dict[int, dict[str, Any]] = {
        row["round_id"]: dict(row)
        for row in Quote.objects.filter(round__in=rounds.values())
        .values("round_id")
        .annotate(
            priced=Count("id", filter=~Q(seen=Seen.MISSING)),
            missing=Count("id", filter=Q(seen=Seen.MISSING)),
            flagged=Count("id", filter=~Q(flag="")),
        )
        .order_by()
    }
    due = workcal.is_working_day(on)
    over = _over(on, now)
    stands = []
    for market in goods.markets():
        found = rounds.get(market.pk)
        row = counts.get(found.pk, {}) if found else {}
        open_ = found is None or found.state in UNFINISHED
        stands.append(
            Stand(market, found, row.get("priced", 0), row.get("missing", 0),
                  row.get("flagged", 0), due and open_ and over)
        )  # fmt: skip
    return Day(on, due, stands)


def _over(on: date, now: datetime) -> bool:
    there = timezone.localtime(now)
    if on != there.date():
        return on < there.date()
    return there.time() > conf.current().clock("submit_by")


@dataclass(frozen=True, slots=True)
class Left:
    """An earlier day whose prices came in and never went out: how many markets, how far."""

    date: date
    verified: int
    submitted: int


def left_over(before: date) -> list[Left]:
    """Return days before a day with prices that wait to be verified or published (1 query).

    The oldest first, for a day carries the prices of the one before. Up to one more than MOST_ROWS.
    """
    waiting = Round.objects.filter(date__lt=before, state__in=(State.SUBMITTED, State.VERIFIED))
    rows = waiting.order_by("date").values_list("date").annotate(
        verified=Count("id", filter=Q(state=State.VERIFIED)),
        submitted=Count("id", filter=Q(state=State.SUBMITTED)),
    )  # fmt: skip
    return [Left(*row) for row in rows[: MOST_ROWS + 1]]


def outliers(on: date) -> list[Quote]:
    """Return the day's prices that were asked twice, MOST_ROWS at most (1 query)."""
    rows = Quote.objects.filter(round__date=on).exclude(flag="")
    return list(rows.select_related("variety", "trader", "round__market")[:MOST_ROWS])


@dataclass(frozen=True, slots=True)
class Riser:
    """A variety that became dearer on each of the last published days, oldest price first."""

    variety: Variety
    prices: Sequence[int]

    @property
    def share(self) -> float:
        """How much dearer it is than before it began to rise."""
        return (self.prices[-1] - self.prices[0]) / self.prices[0]


def risers(varieties: Sequence[Variety], until: date | None = None) -> list[Riser]:
    """Return what rose on each of the last three published days, the steepest first (2 queries)."""
    days = published.newest(RISING_DAYS + 1, until=until)
    rows = published.prices(days)
    found = []
    for variety in varieties:
        course = [rows[one.pk].get(variety.pk) for one in reversed(days)]
        means = [row.mean for row in course if row]
        rose = all(later > sooner for sooner, later in zip(means, means[1:], strict=False))
        if len(means) == RISING_DAYS + 1 and rose:
            found.append(Riser(variety, means))
    return sorted(found, key=lambda one: -one.share)


def widest(board: Board) -> list[Line]:
    """Return the lines whose markets differ most, the widest first."""
    lines = [line for line in board.lines if line.spread]
    return sorted(lines, key=lambda line: -(line.spread or 0))[:5]


def find(uuid: UUID) -> Round | None:
    """Return a round by its reference."""
    rows = Round.objects.select_related("market", "enumerator", "verifier")
    return rows.filter(uuid=uuid).first()
