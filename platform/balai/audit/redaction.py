"""Keep personal data out of the log, and values in a form that hashes the same for ever."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

HIDDEN: Final = "[hidden]"
PERSONAL_KEYS: Final = frozenset(
    {
        "address", "birth_date", "email", "full_name", "kk", "nik", "password", "phone",
        "reporter", "reporter_name", "secret", "token",
    }
)  # fmt: skip
EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# NIK and KK have 16 digits; telephone numbers begin with +62, 62 or 0 and have 9 to 15.
NUMBERS: Final = re.compile(r"(?<!\d)(?:\d{16}|(?:\+62|62|0)8\d{7,12})(?!\d)")


def clean_text(value: str) -> str:
    """Return ``value`` without e-mail addresses, mobile numbers and NIKs."""
    return NUMBERS.sub(HIDDEN, EMAIL.sub(HIDDEN, value.replace("\0", "")))


def clean(value: Any, key: str = "") -> Any:
    """Return ``value`` fit for the log: personal parts hidden, plain JSON types only.

    Numbers with a fraction become text: jsonb would store 1e16 as another number than it read.
    """
    if key.lower() in PERSONAL_KEYS and value not in (None, ""):
        return HIDDEN
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {clean_text(str(name)): clean(item, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [clean(item) for item in items]
    if isinstance(value, date):
        return value.isoformat()
    return clean_text(str(value))
