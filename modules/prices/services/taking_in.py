"""Prices that others asked come in: verified at once, published day by day afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import outbox
from balai.context import current_region
from modules.prices import topics, workflow
from modules.prices.models import Quote, Round
from modules.prices.selectors import published
from modules.prices.services import publishing
from modules.prices.states import Reason, Seen, State

if TYPE_CHECKING:
    from balai.accounts.models import User

DAYS_AT_ONCE: Final = 40
"""Days published in one transaction: about a second, far under a job's limit."""
NOON: Final = time(12)
Place = tuple[date, int]


@dataclass(frozen=True, slots=True)
class OldPrice:
    """One price of a table; market and variety by pk, None for what was not observed.

    ``price`` is integer rupiah for the variety's own unit.
    """

    date: date
    market: int
    variety: int
    price: int | None


class Taken(NamedTuple):
    """How many prices are new, other than before, and as before."""

    created: int
    updated: int
    unchanged: int


def own_days() -> set[Place]:
    """Return (day, market) of every round our own people asked (1 query)."""
    return set(Round.objects.filter(source="").values_list("date", "market_id"))


@transaction.atomic
def take_in(prices: Sequence[OldPrice], *, source: str, sample: bool = False) -> Taken:
    """Store prices of another system (5 statements for any number of them).

    A day that was published already is verified again, so that its next publication takes the
    changed prices along. What our own people asked is left alone.

    Args:
        source: names the system; never "".
    """
    rounds = _rounds(prices, source, sample)
    known = {
        (quote.round_id, quote.variety_id): quote
        for quote in Quote.objects.filter(
            round__in=[one.pk for one in rounds.values()], trader__isnull=True
        )
    }
    fresh: dict[tuple[int, int], Quote] = {}
    changed: list[Quote] = []
    unchanged = 0
    for told in prices:
        round_ = rounds.get((told.date, told.market))
        if round_ is None:
            unchanged += 1
            continue
        key = (round_.pk, told.variety)
        before = known.get(key)
        if before is None:
            fresh[key] = _say(Quote(round=round_, variety_id=told.variety), told)
        elif before.price != told.price:
            changed.append(_say(before, told))
        else:
            unchanged += 1
    Quote.objects.bulk_create(fresh.values(), batch_size=2_000)
    Quote.objects.bulk_update(changed, ["seen", "price", "reason", "carried_from"])
    moved = {quote.round_id for quote in (*fresh.values(), *changed)}
    Round.objects.filter(pk__in=moved, state=State.PUBLISHED).update(state=State.VERIFIED)
    return Taken(len(fresh), len(changed), unchanged)


@transaction.atomic
def publish_taken(*, source: str, by: "User | None") -> int:
    """Publish the next days before today that hold prices of a source; return how many.

    While there are more it tells so (``topics.TAKEN_IN``), and the receiver goes on. Today is left
    to the day's own publication. Somebody who may not publish leaves them at the desk.
    """
    if by is None or not by.has_perm(workflow.PUBLISH):
        return 0
    waiting = Round.objects.filter(
        source=source, state=State.VERIFIED, date__lt=timezone.localdate()
    ).order_by("date")
    days = list(waiting.values_list("date", flat=True).distinct()[: DAYS_AT_ONCE + 1])
    reason = _("Prices of %(source)s came in.") % {"source": source}
    for day in days[:DAYS_AT_ONCE]:
        told = reason if published.revisions(day).exists() else ""
        publishing.publish(day=day, by=by, reason=told)
    if len(days) > DAYS_AT_ONCE:
        outbox.publish(topics.TAKEN_IN, key=source, person=by.pk)
    return min(len(days), DAYS_AT_ONCE)


def _rounds(prices: Sequence[OldPrice], source: str, sample: bool) -> Mapping[Place, Round]:
    """Return the rounds of the prices' days and markets, new ones among them; none of our own."""
    places = {(told.date, told.market) for told in prices}
    days = {day for day, _market in places}
    markets = {market for _day, market in places}

    def there() -> dict[Place, Round]:
        rows = Round.objects.select_for_update().filter(date__in=days, market__in=markets)
        return {(row.date, row.market_id): row for row in rows}

    missing = places - set(there())
    Round.objects.bulk_create(
        [_round(day, market, source, sample) for day, market in sorted(missing)],
        ignore_conflicts=True,
    )
    return {place: row for place, row in there().items() if place in places and row.source}


def _round(day: date, market: int, source: str, sample: bool) -> Round:
    noon = datetime.combine(day, NOON, tzinfo=current_region().zone)
    return Round(
        date=day, market_id=market, state=State.VERIFIED, source=source, sample=sample,
        opened_at=noon, submitted_at=noon, verified_at=noon,
    )  # fmt: skip


def _say(quote: Quote, told: OldPrice) -> Quote:
    seen = Seen.OBSERVED if told.price else Seen.MISSING
    quote.seen, quote.price = seen, told.price or None
    quote.reason = "" if told.price else Reason.UNKNOWN
    quote.carried_from = None
    quote.taken_at = datetime.combine(told.date, NOON, tzinfo=current_region().zone)
    return quote
