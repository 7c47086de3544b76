"""Tracking numbers such as TNG-26-004217: short, spoken on a phone line, checked for slips.

The last digit is a Damm check digit over year and serial number: it catches every single
wrong digit and every swap of neighbours (H. M. Damm, 2004). The number says nothing of a person.
"""

import re

DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
SERIAL_DIGITS = 5
SHAPE = re.compile(r"([A-Z]{2,5})(\d{2})(\d{6,9})\Z")


def check_digit(digits: str) -> int:
    """Return the Damm check digit of a string of decimal digits."""
    interim = 0
    for digit in digits:
        interim = DAMM[interim][int(digit)]
    return interim


def make(prefix: str, year: int, serial: int) -> str:
    """Return the tracking number of the ``serial``-th report of ``year``.

    Args:
        prefix: the region's abbreviation, two to five letters.
        year: four digits.
        serial: counted from 1 within the year; past 99,999 the number grows by a digit.
    """
    digits = f"{year % 100:02}{serial:0{SERIAL_DIGITS}}"
    return f"{prefix}-{digits[:2]}-{digits[2:]}{check_digit(digits)}"


def parse(text: str) -> str | None:
    """Return the number as stored, or None for a number that cannot exist.

    Spaces, dashes, dots and small letters are forgiven, as they come from phones and paper.
    """
    squeezed = re.sub(r"[\s.\-/]+", "", text).upper()
    match = SHAPE.match(squeezed)
    if match is None or check_digit(match[2] + match[3]) != 0:
        return None
    return f"{match[1]}-{match[2]}-{match[3]}"
