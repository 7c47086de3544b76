"""An enumerator types a market's prices in, at once or bit by bit, and hands them in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from balai import files
from balai.outbox import publish
from modules.prices import gate, topics, workflow
from modules.prices.models import Market, Quote, Round
from modules.prices.selectors.panel import Entry, Sheet, sheet
from modules.prices.services import moving
from modules.prices.states import UNFINISHED, Seen
from modules.prices.workflow import NotAllowed

if TYPE_CHECKING:
    from balai.accounts.models import User

PURPOSE = "prices"
FIELDS = ("seen", "price", "reason", "carried_from", "stock", "flag", "why", "photo", "latitude",
          "longitude", "taken_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was typed into one field: a price (integer rupiah) or why there is none.

    Neither takes away what was typed before. ``why`` explains a price outside the gate.
    """

    variety: int
    trader: int | None
    price: int | None = None
    reason: str = ""
    stock: str = ""
    why: str = ""
    photo: Any = None

    @property
    def key(self) -> tuple[int, int | None]:
        """Which field it answers."""
        return self.variety, self.trader


@dataclass(frozen=True, slots=True)
class Visit:
    """What belongs to the whole sheet: a word to the validator, when and where it was typed."""

    note: str = ""
    taken_at: datetime | None = None
    position: tuple[float, float] | None = None


@transaction.atomic
def save(
    *,
    market: Market,
    day: date,
    answers: Sequence[Answer],
    by: "User",
    visit: Visit | None = None,
    done: bool = False,
    now: datetime | None = None,
) -> Round:
    """Keep what was typed in; with ``done`` hand the round in to be verified.

    Raises:
        NotAllowed: when the round was handed in before with other prices, the day is over or to
            come, a price outside the gate has no reason, or ``done`` with fields left empty.
        PermissionDenied: when ``by`` may not enter prices.
        UploadRejected: for a photo that cannot be read.
    """
    now, visit = now or timezone.now(), visit or Visit()
    moving.require(by, workflow.ENTER)
    if moving.too_late(day, timezone.localdate(now)):
        raise NotAllowed(_("Prices can be typed in on their day and for a week after."))
    round_ = _round(market, day, by, now)
    if round_.state not in UNFINISHED:
        if _repeats(round_, answers):
            return round_
        raise NotAllowed(_("These prices were handed in already."))
    round_.enumerator = by
    round_.note = visit.note.strip() or round_.note
    round_.save(update_fields=["enumerator", "note"])
    write(round_=round_, answers=answers, visit=visit, by=by, now=now)
    if done:
        _complete(sheet(market, day))
        return moving.move("submit", round_=round_, by=by, changes={"submitted_at": now})
    publish(topics.SAVED, key=str(round_.uuid), round=round_.pk)
    return round_


def write(
    *, round_: Round, answers: Sequence[Answer], by: "User", visit: Visit, now: datetime
) -> None:
    """Write answers over the round's quotes; fields nobody answers about stay as they are.

    So do those whose answer is what is stored: when and where it was asked does not change.

    Raises:
        NotAllowed: for a field that the sheet does not have, or a price that needs a reason.
    """
    page = sheet(round_.market, round_.date)
    fields = {entry.key: entry for entry in page.entries}
    if any(answer.key not in fields for answer in answers):
        raise NotAllowed(_("The list of goods or traders has changed. Please open it again."))
    moment = _moment(visit.taken_at, round_.date, now)
    kept = [
        _quote(round_, fields[answer.key], answer, page, by, (moment, visit.position))
        for answer in answers
        if (answer.price or answer.reason) and not _same(fields[answer.key].quote, answer)
    ]
    Quote.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["round", "variety", "trader"],
        update_fields=FIELDS,
    )  # fmt: skip
    emptied = [
        fields[answer.key].quote
        for answer in answers
        if not (answer.price or answer.reason)
    ]  # fmt: skip
    Quote.objects.filter(pk__in=[quote.pk for quote in emptied if quote]).delete()


def _repeats(round_: Round, answers: Sequence[Answer]) -> bool:
    """Tell whether all of it is stored: a sheet that was handed in twice without a network."""
    stored = {(one.variety_id, one.trader_id): one for one in round_.quotes.all()}
    return bool(answers) and all(_same(stored.get(one.key), one) for one in answers)


def _same(stored: Quote | None, answer: Answer) -> bool:
    """Tell whether an answer only repeats what is stored."""
    if stored is None or answer.photo is not None:
        return False
    if answer.reason:
        return stored.reason == answer.reason
    why = answer.why.strip()
    told = (answer.price, answer.stock, why if stored.flag else "")
    return told == (stored.price, stored.stock, stored.why)


def _quote(
    round_: Round, entry: Entry, answer: Answer, page: Sheet, by: "User", at: tuple[datetime, Any]
) -> Quote:
    moment, position = at
    quote = Quote(
        round=round_, variety_id=answer.variety, trader_id=answer.trader, taken_at=moment,
        latitude=position[0] if position else None, longitude=position[1] if position else None,
        photo_id=entry.quote.photo_id if entry.quote else None,
    )  # fmt: skip
    if answer.photo is not None:
        quote.photo = files.store_photo(
            answer.photo, owner=f"prices.round:{round_.uuid}", purpose=PURPOSE, created_by=by
        )
    if not answer.price:
        quote.seen, quote.reason = Seen.MISSING, answer.reason
        return quote
    quote.price, quote.stock = answer.price, answer.stock
    stored = entry.quote
    quote.flag = (
        stored.flag
        if stored is not None and stored.price == answer.price
        else gate.flag(answer.price, usual=entry.usual, ceiling=entry.ceiling, percent=page.percent)
    )
    if quote.flag and not answer.why.strip():
        raise NotAllowed(_("A price outside the usual needs a reason."))
    quote.why = answer.why.strip() if quote.flag else ""
    return quote


def _round(market: Market, day: date, by: "User", now: datetime) -> Round:
    Round.objects.bulk_create(
        [Round(market=market, date=day, enumerator=by, opened_at=now)], ignore_conflicts=True
    )
    return moving.locked(Round.objects.get(market=market, date=day))


def _complete(page: Sheet) -> None:
    empty = sum(entry.quote is None for entry in page.entries)
    if empty or not page.entries:
        raise NotAllowed(_("Fields are still empty: %(n)s. Say why a price is missing.")
                         % {"n": empty})  # fmt: skip


def _moment(told: datetime | None, day: date, now: datetime) -> datetime:
    """Return when a phone says it was, where that is believable; else now."""
    usable = told is not None and told <= now + timedelta(minutes=5)
    return told if usable and told and timezone.localdate(told) == day else now
