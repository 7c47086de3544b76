"""The centre's part of the region's audit log: who did and read what."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Q

from balai.audit import selectors
from balai.audit.models import Entry
from balai.audit.selectors import Wanted

PREFIX: Final = "emergency."
PAGE: Final = 50
NUMBERS: Final = ("emergency.number_read", "emergency.caller_revealed")
SECRETS: Final = Q(action__startswith="emergency.seal") | Q(action__in=NUMBERS)


def page(
    wanted: Wanted, *, secrets_only: bool, before: int | None
) -> tuple[Sequence[Entry], int | None]:
    """Return a page of entries, the newest first, and where the next one begins (1 query).

    Args:
        secrets_only: only sealed incidents (asked for, granted, read) and callers' numbers read.
        before: the number that entries must be below; None for the newest.

    There is no count of all: the log of years has millions of lines.
    """
    found = selectors.entries(wanted).filter(action__startswith=PREFIX)
    if secrets_only:
        found = found.filter(SECRETS)
    if before is not None:
        found = found.filter(seq__lt=before)
    rows = list(found[: PAGE + 1])
    more = len(rows) > PAGE
    return rows[:PAGE], rows[PAGE - 1].seq if more else None
