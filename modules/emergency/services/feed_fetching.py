"""Fetch what other services publish: bounded, seldom, and once for all regions together.

BMKG allows 60 requests a minute and address. Hundreds of regions ask for the same public
documents, so they share what was fetched a moment ago. Nothing here is a region's own.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.cache import caches

from balai import outbound
from balai.accounts import limits

INDEX_SECONDS: Final = 60
DOCUMENT_SECONDS: Final = 3600
MOST_BYTES: Final = 2_000_000
TIMEOUT: Final = 8.0
AGENT: Final = "Balai/1 (CAP reader)"
ACCEPT: Final = "application/cap+xml, application/atom+xml, application/rss+xml, application/xml"
OK, UNCHANGED = 200, 304
PASSING: Final = (408, 425, 429)
"""Statuses from 400 to 499 that are over after a while."""


class TooOften(OSError):  # noqa: N818  # it reads as what happened
    """Raised when this deployment has asked a host often enough this minute."""


class Failed(OSError):  # noqa: N818  # it reads as what happened
    """Raised for an answer that is no document; its text is the status."""


class Missing(Failed):
    """Raised for an answer that says it would be the same another time."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document; ``body`` is empty when it is the one the caller knows already."""

    body: bytes
    etag: str = ""
    url: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether the caller has it."""
        return not self.body


def index(url: str, *, etag: str) -> Fetched:
    """Return a feed's index, unless it is still the one that ``etag`` names.

    Raises:
        OSError: when it cannot be had now: refused, too slow, too long, or an error's page.
    """
    found = _shared(url, INDEX_SECONDS, etag)
    return Fetched(b"", found.etag, found.url) if etag and found.etag == etag else found


def document(url: str) -> bytes:
    """Return one alert; it never changes under its address.

    Raises:
        OSError: as :func:`index` does; Missing and Refused when asking again would not help.
    """
    return _shared(url, DOCUMENT_SECONDS, "").body


def _shared(url: str, seconds: int, etag: str) -> Fetched:
    cache: Any = caches["global"]
    key = f"feed:{hashlib.sha256(url.encode()).hexdigest()}"
    kept = Fetched(*(cache.get(key) or (b"",)))
    if kept.body or (etag and kept.etag == etag):
        return kept
    found = _fetch(url, etag)
    cache.set(key, (found.body, found.etag, found.url), seconds)
    return found


def _fetch(url: str, etag: str) -> Fetched:
    if not limits.allow("feed.host", urlsplit(url).hostname or ""):
        raise TooOften
    headers = {"User-Agent": AGENT, "Accept": ACCEPT}
    if etag:
        headers["If-None-Match"] = etag
    answer = outbound.fetch(url, headers=headers, timeout=TIMEOUT, most=MOST_BYTES)
    if answer.status == UNCHANGED and etag:
        return Fetched(b"", etag, answer.url)
    if answer.status != OK or not answer.body:
        lasting = 400 <= answer.status < 500 and answer.status not in PASSING
        raise (Missing if lasting else Failed)(f"HTTP {answer.status}")
    return Fetched(answer.body, answer.headers.get("etag", "")[:120], answer.url)
