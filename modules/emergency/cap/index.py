"""The index of a CAP feed: RSS 2.0 or Atom whose entries lead to CAP documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from modules.emergency.cap.building import CONTENT_TYPE, NAMESPACE
from modules.emergency.cap.reading import Unreadable, parse

ATOM: Final = "{http://www.w3.org/2005/Atom}"
MOST_ENTRIES: Final = 300
LONGEST_URL: Final = 500
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one document lies, and when the index says it was published."""

    url: str
    at: datetime


def entries(document: bytes, base: str) -> list[Entry]:
    """Return what an index leads to, the oldest first: a cancellation comes after its alert.

    Args:
        base: the index's own address; relative links start there. An address that holds one
            alert and no index is its own only entry.

    Raises:
        Unreadable: for anything else than RSS, Atom or CAP.
    """
    root = parse(document)
    if root.tag == "rss":
        found = list(_rss(root))
    elif root.tag == f"{ATOM}feed":
        found = list(_atom(root))
    elif root.tag == f"{{{NAMESPACE}}}alert":
        return [Entry(base, EPOCH)]
    else:
        raise Unreadable("neither RSS nor Atom nor CAP")
    whole = [Entry(_joined(base, entry.url), entry.at) for entry in found[:MOST_ENTRIES]]
    usable = [entry for entry in whole if _usable(entry.url)]
    # Indexes begin with the newest; among entries without a time the last is the oldest.
    return sorted(reversed(dict.fromkeys(usable)), key=lambda entry: entry.at)


def _rss(root: Element) -> Iterator[Entry]:
    for item in root.iter("item"):
        link = (item.findtext("link") or "").strip()
        if link:
            yield Entry(link, _moment(item.findtext("pubDate") or ""))


def _atom(root: Element) -> Iterator[Entry]:
    for entry in root.iter(f"{ATOM}entry"):
        links = {link.get("type", ""): link.get("href", "") for link in entry.iter(f"{ATOM}link")}
        link = links.get(CONTENT_TYPE) or links.get("application/xml") or links.get("")
        if link:
            updated = entry.findtext(f"{ATOM}updated") or entry.findtext(f"{ATOM}published") or ""
            yield Entry(link.strip(), _moment(updated))


def _moment(text: str) -> datetime:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
        except (ValueError, TypeError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return EPOCH


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:  # such as half of an IPv6 address
        return ""


def _usable(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= LONGEST_URL
