"""A caller's number: sealed to ring back, hashed for histories, masked on screens."""

import re
from typing import Final

from balai import secrets

PURPOSE: Final = "emergency.caller"


def normalised(number: str) -> str:
    """Return the digits of a number in its international form: "0812..." is "62812..."."""
    digits = re.sub(r"\D", "", number)
    return f"62{digits[1:]}" if digits.startswith("0") else digits


def seal(number: str) -> bytes | None:
    """Return the number encrypted, or None for none (a withheld number)."""
    digits = normalised(number)
    return secrets.seal(digits, purpose=PURPOSE) if digits else None


def read(sealed: bytes | memoryview | None) -> str:
    """Return the number in digits, "" for none."""
    return secrets.unseal(sealed, purpose=PURPOSE) if sealed else ""


def hashed(number: str) -> bytes | None:
    """Return what histories are kept under, or None for a withheld number."""
    digits = normalised(number)
    return secrets.digest(digits, purpose=PURPOSE) if digits else None


def masked(number: str) -> str:
    """Return the number as those may see it who need not ring back: "62812•••••890"."""
    return f"{number[:5]}{'•' * max(len(number) - 8, 3)}{number[-3:]}" if number else ""
