"""A region's data cannot be had just now, and will be again soon: say when, and lose nothing.

A cell's database may be down, or the region may be on its way to another cell, readable only.
Pages answer with 503 and Retry-After, tasks come back later, the relay passes the region over.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.utils.functional import Promise
from django.utils.module_loading import import_string

log: Final = structlog.get_logger(__name__)


class AwayError(OperationalError):
    """Raised when the active region cannot be served now.

    ``retry_after`` is in seconds; ``text`` tells the visitor more than that we are busy.
    """

    retry_after: int = 5
    text: str | Promise = ""


@contextmanager
def passed_over(region: str) -> Iterator[None]:
    """Let a round over many regions go on when one is away; a later round finds it back.

    Args:
        region: what the log calls it.
    """
    try:
        yield
    except AwayError as error:
        log.warning("region_passed_over", region=region, error=type(error).__name__)


def why(error: BaseException | None) -> AwayError | None:
    """Return the AwayError behind ``error``, or None when it is any other failure.

    ``AWAY_REASON`` in settings judges database errors that do not say so themselves, such as a
    right that was taken away for a move.
    """
    seen: DatabaseError | None = None
    while error is not None:
        if isinstance(error, AwayError):
            return error
        if isinstance(error, DatabaseError):
            seen = error
        error = error.__cause__ or error.__context__
    found: AwayError | None = import_string(settings.AWAY_REASON)(seen) if seen else None
    return found
