"""Rupiah here and at Stripe, and an amount in Indonesian words."""

from typing import Final

CURRENCY: Final = "idr"
MINOR_PER_RUPIAH: Final = 100
"""Stripe counts every currency in hundredths unless its list of zero- or three-decimal ones has
it, and IDR is in neither (https://docs.stripe.com/currencies, "Zero-decimal currencies": BIF CLP
DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF). Rupiah have no cents in use, so our own
amounts are whole rupiah; at Stripe they are these times 100."""

UNITS: Final = (
    "", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
)  # fmt: skip
SCALES: Final = (
    (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"), (100, "ratus"),
)  # fmt: skip


def to_minor(rupiah: int) -> int:
    """Return whole rupiah as the integer that Stripe's API takes."""
    return rupiah * MINOR_PER_RUPIAH


def from_minor(amount: int) -> int:
    """Return an amount of Stripe's API as whole rupiah.

    Stripe may prorate to a fraction; it is rounded to the nearest rupiah, halves up.
    """
    return (amount + MINOR_PER_RUPIAH // 2) // MINOR_PER_RUPIAH


def in_words(rupiah: int) -> str:
    """Return "Seratus dua puluh juta rupiah" (terbilang), as an invoice to a treasurer has it.

    Raises:
        ValueError: for a negative amount, or a thousand trillion and more.
    """
    if not 0 <= rupiah < 10**15:
        raise ValueError(f"no words for {rupiah}")
    words = _words(rupiah) or "nol"
    return f"{words[0].upper()}{words[1:]} rupiah"


def _words(number: int) -> str:
    if number < len(UNITS):
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    if number < 100:
        return f"{UNITS[number // 10]} puluh {UNITS[number % 10]}".strip()
    size, name = next((size, name) for size, name in SCALES if number >= size)
    head, rest = divmod(number, size)
    one = head == 1 and size <= 1000  # "seratus" and "seribu", but "satu juta"
    start = f"se{name}" if one else f"{_words(head)} {name}"
    return f"{start} {_words(rest)}".strip()
