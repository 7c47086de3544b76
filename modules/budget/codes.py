"""Codes and names of a budget's headings, as tables write them.

Permendagri 90/2019: an account is n.n.nn.nn.nn.nnnn (akun, kelompok, jenis, objek, rincian objek,
sub rincian objek), an activity n.nn.nn.n.nn, a programme n.nn.nn; spreadsheets lose the zeros.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from django.utils.translation import gettext_noop

from balai.importing import Invalid
from balai.importing.parsing import plain

WIDTHS: Final = (1, 1, 2, 2, 2, 4)
"""Digits of each part of an account's code."""
LEVELS: Final = {1: 1, 2: 3, 3: 6, 4: 9}
"""Letters of an account's code at each level that totals are counted for."""
LEAST_LEVEL: Final = 3
SIDES: Final = "456"
LONGEST: Final = 60
CODED: Final = re.compile(r"(?P<code>\d[\d.]*)\.?(?:\s*[-–—:]\s*|\s+|$)(?P<name>.*)\Z", re.S)
BARE: Final = re.compile(r"[\w./-]*\d[\w./-]*\Z", re.A)
NO_ACCOUNT: Final = gettext_noop(
    "“%(value)s” is no account of a budget. Write its code as 5.1.02.01, from three parts on;"
    " it begins with 4, 5 or 6."
)


class Named(NamedTuple):
    """A heading as a cell tells it. ``key`` is for addresses, at most 60 small letters."""

    key: str
    code: str
    name: str


@lru_cache(maxsize=65_536)
def named(text: str) -> Named:
    """Return code and name of a cell: "1.01.02 Pengelolaan Pendidikan", either alone, or both."""
    told = " ".join(text.split())
    found = CODED.match(told)
    if found and len(found["code"]) <= LONGEST:
        code = found["code"].strip(".")
        return Named(code, code, found["name"][:255])
    if len(told) <= LONGEST and BARE.match(told):
        return Named(told.casefold().replace("/", "-").replace("_", "-"), told, "")
    return Named(_of_name(told), "", told[:255])


@lru_cache(maxsize=65_536)
def account(text: str) -> Named:
    """Return an account with every part of its code in full width.

    Raises:
        Invalid: for less than three parts, or what is neither revenue, spending nor financing.
    """
    found = named(text)
    parts = found.code.split(".")
    fits = LEAST_LEVEL <= len(parts) <= len(WIDTHS) and parts[0] in SIDES
    if not fits or not all(
        part.isdecimal() and len(part) <= width for part, width in zip(parts, WIDTHS, strict=False)
    ):
        raise Invalid(NO_ACCOUNT, value=text[:60])
    code = ".".join(part.zfill(width) for part, width in zip(parts, WIDTHS, strict=False))
    return Named(code, code, found.name)


def above(code: str) -> list[str]:
    """Return an account's code and those above it, the shortest first, down to level 4."""
    return [code[:length] for length in LEVELS.values() if length <= len(code)]


def _of_name(name: str) -> str:
    """Return a key for what has no code: the same for every spelling in capitals and dots."""
    return f"n-{blake2b(plain(name).encode(), digest_size=8).hexdigest()}"
