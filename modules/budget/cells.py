"""What other cells of a budget's table mean: amounts, years, days."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext_noop

from balai.importing import Invalid
from balai.importing.parsing import moment

MOST: Final = 10**15
"""Rupiah: a thousand trillion, far above the whole state's budget for a region."""
GROUPED: Final = re.compile(
    r"\d{1,3}(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})*(?:(?!(?P=sign))[.,]\d{1,2})?\Z"
)
PLAIN: Final = re.compile(r"\d+(?:[.,]\d{1,6})?\Z")
NOTHING: Final = frozenset(("", "-", "--", "nihil", "rp-", "rp.-"))
YEARS: Final = range(2000, 2101)
NOT_MONEY: Final = gettext_noop("“%(value)s” is no amount of rupiah.")
TOO_MUCH: Final = gettext_noop("“%(value)s” is more than a region can spend.")
NEGATIVE: Final = gettext_noop("“%(value)s” is below zero. Only what is realised may be.")
NO_YEAR: Final = gettext_noop("“%(value)s” is no year.")


def realised(text: str) -> int:
    """Return whole rupiah, rounded half up; below zero where money was paid back.

    "1.234.567,50", "1,234,567.50", "Rp 1.234.567", "(500)" and "-500" are read; "-" is 0.

    Raises:
        Invalid: for what is no amount, or more than MOST.
    """
    if text.isdecimal() and len(text) < 16:
        return int(text)
    told = "".join(text.casefold().split())
    if told in NOTHING:
        return 0
    minus = told.startswith(("-", "(", "rp-", "rp(", "rp.("))
    told = re.sub(r"^[-(]?(?:rp\.?)?[-(]?|\)$|,-$", "", told)
    if GROUPED.match(told):
        whole, fraction = _parts(told)
    elif PLAIN.match(told):
        whole, _sign, fraction = told.replace(",", ".").partition(".")
    else:
        raise Invalid(NOT_MONEY, value=text[:60])
    amount = int(Decimal(f"{whole}.{fraction or 0}").quantize(Decimal(1), ROUND_HALF_UP))
    if amount > MOST:
        raise Invalid(TOO_MUCH, value=text[:60])
    return -amount if minus else amount


def budgeted(text: str) -> int:
    """Return whole rupiah of a budget, which is never below zero. Raises Invalid."""
    amount = realised(text)
    if amount < 0:
        raise Invalid(NEGATIVE, value=text[:60])
    return amount


@lru_cache(maxsize=256)
def year(text: str) -> int:
    """Return a year between 2000 and 2100; "TA 2026" is one, too. Raises Invalid."""
    told = re.sub(r"^(?:ta|tahun(?:anggaran)?)\.?|\.0+$", "", "".join(text.casefold().split()))
    if not told.isdecimal() or len(told) > 4 or int(told) not in YEARS:
        raise Invalid(NO_YEAR, value=text[:60])
    return int(told)


@lru_cache(maxsize=1024)
def day(text: str) -> date:
    """Return a day, written in any way the kernel reads. Raises Invalid."""
    return moment(text).date()


def _parts(grouped: str) -> tuple[str, str]:
    """Return the digits before and behind the decimal mark of an amount with thousands."""
    sign = next(letter for letter in grouped if letter in ".,")
    whole, _sign, fraction = grouped.replace(sign, "").partition("," if sign == "." else ".")
    return whole, fraction
