"""Amounts as people say them: "Rp1,25 triliun"; exact figures stand in the tables."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _, gettext_noop

from balai.ui import formats

STEPS: Final = (
    (10**12, 2, gettext_noop("Rp%(n)s trillion")),
    (10**9, 1, gettext_noop("Rp%(n)s billion")),
    (10**6, 1, gettext_noop("Rp%(n)s million")),
)
"""From how many rupiah on, how many decimals, and the words; million is juta, billion miliar."""


def short(amount: int) -> str:
    """Return whole rupiah in words: "Rp345,6 miliar"; below a million as it is."""
    sign = "-" if amount < 0 else ""
    for step, places, words in STEPS:
        if abs(amount) >= step:
            told = formats.number(Decimal(abs(amount)) / step, places)
            return sign + _(words) % {"n": told}
    return formats.rupiah(amount)
