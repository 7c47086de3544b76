"""The enumerator's sheet as a form: a row a field, what was typed kept, what is wrong beside it.

Names are ``<what>_<variety>_<trader>``; trader 0 is "nobody in particular". ``had_`` holds what the
row showed when the page was made, which may have been yesterday on a phone without a network. A row
that still says so is left alone; one that was emptied loses its price; one that somebody else has
filled in otherwise meanwhile is asked again, with what they wrote.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from balai.ui import formats
from balai.ui.fields import Problem
from modules.prices import gate
from modules.prices.models import Group, Quote
from modules.prices.selectors.panel import Entry, Sheet
from modules.prices.services.entering import Answer, Visit
from modules.prices.states import ASKED, Seen, Stock

MONEY = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:[., ]\d{3})+|\d+)(?:,-)?\Z", re.IGNORECASE)
LONGEST_WHY = 255


class NotMoneyError(ValueError):
    """Raised for text that is no amount of whole rupiah; says so for people."""


def rupiah(text: str) -> int | None:
    """Return "13.500", "Rp 13500" or "13,500" as whole rupiah; None for nothing.

    Raises:
        NotMoneyError: for anything else, and for 0: a price that was not observed is not 0.
    """
    text = text.strip()
    if not text:
        return None
    found = MONEY.match(text)
    if found is None:
        raise NotMoneyError(_("Write whole rupiah, such as 13500."))
    value = int(re.sub(r"\D", "", found[1]))
    if value == 0:
        raise NotMoneyError(_("0 is no price. Choose why there is none."))
    if value > gate.MOST:
        raise NotMoneyError(_("That is too much for one unit."))
    if value < gate.LEAST:
        raise NotMoneyError(
            _("That is too little for one unit. Write whole rupiah, such as 13500.")
        )
    return value


@dataclass(slots=True)
class Row:
    """One field as it is shown: what was typed, else what is stored, and what is wrong."""

    entry: Entry
    price: str = ""
    reason: str = ""
    stock: str = ""
    again: str = ""
    why: str = ""
    flag: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The end of its names: "<variety>_<trader>"."""
        variety, trader = self.entry.key
        return f"{variety}_{trader or 0}"

    @property
    def had(self) -> str:
        """What is stored by now, as the page's ``had_`` tells it back: "13000", "closed" or ""."""
        quote = self.entry.quote
        if quote is None:
            return ""
        return str(quote.price or (quote.reason if quote.reason in ASKED else ""))


class EntryForm:
    """A sheet with or without what was typed into it."""

    def __init__(
        self,
        sheet: Sheet,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        by: Any = None,
    ) -> None:
        self.sheet, self.data, self.files, self.by = sheet, data, files or {}, by
        self.extra: list[str] = []
        self.answers: list[Answer] = []
        self.groups: list[tuple[Group, Sequence[Row]]] = [
            (group, [self._row(entry) for entry in entries]) for group, entries in sheet.groups
        ]

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return [row for _group, rows in self.groups for row in rows]

    def is_valid(self) -> bool:
        """Tell whether everything typed can be stored; fills ``answers``."""
        return not any(row.errors for row in self.rows)

    def add_error(self, text: object) -> None:
        """Add what is wrong with the sheet as a whole."""
        self.extra.append(str(text))

    def problems(self) -> Iterator[Problem]:
        """Yield the lines of the error summary."""
        for text in self.extra:
            yield Problem("", text)
        for row in self.rows:
            for name, text in row.errors.items():
                at = row.entry
                who = f", {at.trader.name}" if at.trader else ""
                yield Problem(f"{name}_{row.key}", f"{at.variety.label}{who}: {text}")

    def visit(self) -> Visit:
        """Return what was said of the whole sheet; nonsense of a phone counts as missing."""
        said = self.data or {}
        position = _degrees(said.get("lat"), 90), _degrees(said.get("lng"), 180)
        return Visit(
            note=str(said.get("note", ""))[:500],
            taken_at=_moment(str(said.get("taken", ""))),
            position=(position[0], position[1])
            if position[0] is not None and position[1] is not None
            else None,
        )

    def _row(self, entry: Entry) -> Row:
        row = Row(entry)
        if self.data is None:
            _show(row)
            return row
        for name in ("price", "reason", "stock", "again", "why"):
            setattr(row, name, str(self.data.get(f"{name}_{row.key}", "")).strip())
        row.why = row.why[:LONGEST_WHY]
        row.reason = row.reason if row.reason in ASKED else ""
        row.stock = row.stock if row.stock in Stock.values else ""
        price, photo = self._price(row), self.files.get(f"photo_{row.key}")
        had, told = self.data.get(f"had_{row.key}"), str(price or row.reason)
        if not row.errors and told == had != row.had and photo is None:
            _show(row)  # not touched here, changed elsewhere
            return row
        if price and not row.errors:
            self._gate(row, price)
        if not row.errors and had is not None and row.had not in (had, told) and not self._own():
            row.errors["price"] = _(
                "Somebody else typed %(told)s here meanwhile. Send again to replace it."
            ) % {"told": _words(entry.quote)}
        if not row.errors and (price or row.reason or (had and entry.quote is not None)):
            self.answers.append(
                Answer(*entry.key, price, row.reason, row.stock, row.why, photo)
            )  # fmt: skip
        return row

    def _own(self) -> bool:
        """Tell whether who sends it saved the sheet last: then the later word counts."""
        round_ = self.sheet.round
        return round_ is not None and self.by is not None and round_.enumerator_id == self.by.pk

    def _price(self, row: Row) -> int | None:
        try:
            price = rupiah(row.price)
        except NotMoneyError as wrong:
            row.errors["price"] = str(wrong)
            return None
        if price and row.reason:
            row.errors["reason"] = _("Either a price or a reason why there is none.")
        return price

    def _gate(self, row: Row, price: int) -> None:
        """Ask again, and for a reason, unless this very price is stored: it was judged then."""
        entry, stored = row.entry, row.entry.quote
        if stored is not None and stored.price == price:
            row.flag, row.why = stored.flag, row.why or stored.why
            return
        row.flag = gate.flag(
            price, usual=entry.usual, ceiling=entry.ceiling, percent=self.sheet.percent
        )
        if not row.flag:
            return
        if _plain(row.again) != str(price):
            row.errors["again"] = _("Type the price again: it differs from the usual.")
        if not row.why:
            row.errors["why"] = _("Say why it differs.")


def _show(row: Row) -> None:
    quote = row.entry.quote
    if quote is None:
        return
    row.price = str(quote.price) if quote.price and quote.seen != Seen.MISSING else ""
    row.reason, row.stock, row.why, row.flag = quote.reason, quote.stock, quote.why, quote.flag
    row.again = row.price if quote.flag else ""


def _words(quote: Quote | None) -> str:
    if quote is None:
        return _("nothing")
    return formats.rupiah(quote.price) if quote.price else quote.get_reason_display()


def _plain(text: str) -> str:
    return re.sub(r"\D", "", text)


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and is_aware(found) else None


def _degrees(text: Any, most: float) -> float | None:
    try:
        value = float(text)
    except (TypeError, ValueError):
        return None
    return value if -most <= value <= most else None
