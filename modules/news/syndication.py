"""What stands in a feed of another site: RSS, Atom or RDF, as broken as it comes.

feedparser reads; what it returns is taken for hostile. Nothing of its markup is kept, links are
http or https, dates lie in the past, and only the newest entries are looked at.
"""

import calendar
import io
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import feedparser
import nh3

MOST_READ: Final = 200
"""Entries that are parsed; feeds begin with their newest."""
MOST_KEPT: Final = 30
MOST_SECONDS: Final = 5.0
"""Seconds of computing that a document may cost; a proper one costs hundredths."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
MONTHS: Final = {
    "januari": 1, "februari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7,
    "agustus": 8, "september": 9, "oktober": 10, "november": 11, "desember": 12,
}  # fmt: skip
_INDONESIAN: Final = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)
_OPENS: Final = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENDS: Final = ((b"<rss", b"</channel></rss>"), (b"<feed", b"</feed>"), (b"<rdf:", b"</rdf:RDF>"))


class NotAFeed(ValueError):  # noqa: N818  # it reads as what is wrong
    """Raised for a document without anything that can be shown; the message is a code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: words without markup. ``key`` is the SHA-256 of its id, in hexadecimal."""

    key: str
    title: str
    summary: str
    url: str
    published_at: datetime


def parse(body: bytes, *, content_type: str, url: str, now: datetime) -> list[Entry]:
    """Return the newest entries of a document, at most :data:`MOST_KEPT`, the newest first.

    Args:
        content_type: what the server called it; it may name the encoding.
        url: where it was found; entries may link relative to it.
        now: the time to which dates of the future, and missing ones, are set.

    Raises:
        NotAFeed: "empty", "no_feed" or "heavy".
    """
    if not body.strip():
        raise NotAFeed("empty")
    began = time.thread_time()
    # As a file: feedparser would fetch or open a text that looks like an address or a path.
    found = feedparser.parse(
        io.BytesIO(_shortened(body)),
        response_headers={"content-type": content_type, "content-location": url},
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip
    if time.thread_time() - began > MOST_SECONDS:
        raise NotAFeed("heavy")
    if not found.get("version") and not found.entries:
        raise NotAFeed("no_feed")
    entries = [_entry(row, at, url, now) for at, row in enumerate(found.entries[:MOST_READ])]
    once = {entry.key: entry for entry in reversed(entries) if entry is not None}
    newest = sorted(once.values(), key=lambda entry: entry.published_at, reverse=True)
    return newest[:MOST_KEPT]


def words(html: Any, most: int) -> str:
    """Return the words of a piece of HTML on one line, at most ``most`` letters of them."""
    bare = nh3.clean(str(html or "").replace("\0", "")[:20_000], tags=set())
    text = " ".join(unescape(bare).split())
    kept = "".join(letter for letter in text if letter.isprintable())
    return kept if len(kept) <= most else f"{kept[: most - 1].rstrip()}…"


def _entry(row: Any, at: int, url: str, now: datetime) -> Entry | None:
    """Return one entry, or None when it has neither a title nor a link that may be followed."""
    link = _link(row.get("link"), url)
    title = words(row.get("title"), 200) or words(row.get("summary"), 80)
    if not link or not title:
        return None
    name = str(row.get("id") or link)
    return Entry(
        key=sha256(name.encode("utf-8", "replace")).hexdigest(),
        title=title,
        summary=words(row.get("summary"), 400),
        url=link,
        published_at=_when(row, now) or now - timedelta(seconds=at),
    )


def _link(value: Any, base: str) -> str:
    """Return an absolute address of a page, or "" for anything else ("javascript:", say)."""
    try:
        address = urljoin(base, str(value or "").strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = address.isprintable() and " " not in address
    fits = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    return address if plain and fits and len(address) <= 1000 else ""


def _when(row: Any, now: datetime) -> datetime | None:
    """Return an entry's date: never later than now; None where it has none that makes sense."""
    # By dict's own get: feedparser's gives one date for the other, with a warning.
    told, typed = (
        dict.get(row, f"published{what}") or dict.get(row, f"updated{what}")
        for what in ("_parsed", "")
    )
    try:
        moment = datetime.fromtimestamp(calendar.timegm(told), UTC) if told else None
    except (OverflowError, OSError, TypeError, ValueError):
        moment = None
    moment = moment or _indonesian(str(typed or ""))
    if moment is None or moment < EARLIEST:
        return None
    return min(moment, now)


def _indonesian(text: str) -> datetime | None:
    """Return the day of "Senin, 05 Agustus 2019", which older sites of cities write."""
    found = _INDONESIAN.search(text)
    try:
        return (
            datetime(int(found[3]), MONTHS[found[2].lower()], int(found[1]), tzinfo=UTC)
            if found
            else None
        )
    except ValueError:
        return None


def _shortened(body: bytes) -> bytes:
    """Return a document with the first :data:`MOST_READ` entries only, closed properly."""
    for count, match in enumerate(_OPENS.finditer(body)):
        if count == MOST_READ:
            head = body[:2000].lower()
            end = next((end for mark, end in _ENDS if mark in head), b"")
            return body[: match.start()] + end
    return body
