"""The NIK and what is kept of it: sealed, hashed, and masked wherever it is shown.

16 digits pp.DDSS.ddmmyy.ssss, day + 40 for women. The area part is where it was first issued and
says nothing about where somebody lives.
"""

from datetime import date

from balai import secrets

PURPOSE = "jobs.nik"


def plausible(text: str) -> str:
    """Return the 16 digits of a NIK, or "" for what cannot be one."""
    digits = "".join(letter for letter in text if letter.isdecimal() and letter.isascii())
    if len(digits) != 16 or not 11 <= int(digits[:2]) <= 99 or digits[12:] == "0000":
        return ""
    return digits if _born(digits) else ""


def _born(digits: str) -> bool:
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    try:
        date(2000 + year, month, day - 40 if day > 40 else day)  # the century is not told
    except ValueError:
        return False
    return True


def seal(nik: str) -> bytes:
    """Return the NIK encrypted for this region."""
    return secrets.seal(nik, purpose=PURPOSE)


def digest(nik: str) -> bytes:
    """Return the keyed hash by which equal ones meet."""
    return secrets.digest(nik, purpose=PURPOSE)


def masked(sealed: bytes | memoryview) -> str:
    """Return "3671••••••••0003": enough to tell one's own card, too little to use."""
    digits = secrets.unseal(sealed, purpose=PURPOSE)
    return f"{digits[:4]}{'•' * 8}{digits[-4:]}"
