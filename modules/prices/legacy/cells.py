"""What cells of older price tables mean: amounts of rupiah, units in every spelling, days."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_noop

from balai.importing import Invalid
from balai.importing.parsing import moment
from modules.prices import gate
from modules.prices.states import Unit
from modules.prices.units import rounded

NOT_OBSERVED: Final = 0
"""What :func:`rupiah` returns for "-", "0" and the like; it is never stored."""
EMPTY_WORDS: Final = frozenset(
    ("", "-", "--", ".", "n/a", "na", "#n/a", "nan", "null", "nil", "none", "kosong", "x")
) | {"tidakada", "t.a"}
GROUPED: Final = re.compile(r"\d{1,3}([.,]\d{3})+(?:[.,]\d{1,2})?\Z")
PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,4})?\Z")
UNITS: Final = {
    Unit.KG: "kg kilo kilogram kilograms kgs kg. kilogramme",
    Unit.LITRE: "l lt ltr liter litre litres liters",
    Unit.PIECE: "buah bh butir btr biji pcs piece pieces unit each",
    Unit.BIRD: "ekor ekr bird head",
    Unit.CYLINDER: "tabung tbg cylinder",
    Unit.BUNCH: "ikat ikt bunch",
    Unit.PACK: "bungkus bks pak pack kemasan kms sachet dus",
}
BY_SPELLING: Final = {word: unit for unit, words in UNITS.items() for word in words.split()}


def rupiah(text: str) -> int:
    """Return an amount of whole rupiah, 0 for what was not observed.

    "13.500", "Rp 13,500", "Rp13.500,00", "13500.0" and "13500,-" are the same.

    Raises:
        Invalid: for what is no amount, or none that a good could cost.
    """
    told = re.sub(r"\s", "", text.casefold())
    told = re.sub(r"^rp\.?", "", told)
    told = re.sub(r"(?<=\d)[.,]-+$", "", told)
    if told in EMPTY_WORDS or re.fullmatch(r"0+([.,]0+)?", told):
        return NOT_OBSERVED
    if GROUPED.match(told):
        whole, fraction = _grouped(told)
    elif PLAIN.match(told):
        whole, _mark, fraction = told.replace(",", ".").partition(".")
    else:
        raise Invalid(gettext_noop("“%(value)s” is not a price."), value=text[:60])
    price = rounded(Decimal(f"{whole}.{fraction or 0}"))
    if not gate.LEAST <= price <= gate.MOST:
        raise Invalid(
            gettext_noop("Rp%(value)s cannot be a price. Write whole rupiah."), value=text[:60]
        )
    return price


def _grouped(told: str) -> tuple[str, str]:
    """Return (rupiah, fraction) of digits in groups of three: the last group may be a fraction."""
    parts = re.split(r"[.,]", told)
    fraction = parts.pop() if len(parts[-1]) < 3 else ""
    return "".join(parts), fraction


def unit(text: str) -> Unit:
    """Return the unit that "Rp./Kg", "Rp/kg", "kg", "Kilogram" or "/Kg" stand for.

    Raises:
        Invalid: for one that no list knows, and for several at once ("Rp/10 kg").
    """
    told = re.sub(r"^rp\.?|\bper\b|[/()\s]", " ", text.casefold()).strip(" .")
    told = re.sub(r"^1\s+", "", told)
    found = BY_SPELLING.get(told)
    if found is None:
        raise Invalid(gettext_noop("No unit is called “%(value)s”."), value=text[:60])
    return found


def day(text: str) -> date:
    """Return the day of a date in any of the kernel's spellings. Raises Invalid."""
    return moment(text).date()
