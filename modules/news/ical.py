"""Events as iCalendar (RFC 5545): what calendars on phones subscribe to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from modules.news.markup import printable

LINE: Final = 75
"""Octets of a line; longer ones go on in the next, after a blank (section 3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event; times are aware, an end is not needed. ``version`` grows with each change."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    place: str
    text: str
    url: str
    changed_at: datetime
    version: int


def calendar(events: Iterable[Event], *, name: str) -> str:
    """Return a calendar called ``name`` with ``events``."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Balai//News//ID", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{_text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]  # fmt: skip
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(event.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(event.changed_at)}"
    yield f"SEQUENCE:{event.version}"
    yield f"DTSTART:{_utc(event.starts_at)}"
    if event.ends_at is not None and event.ends_at > event.starts_at:  # section 3.6.1
        yield f"DTEND:{_utc(event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.text:
        yield f"DESCRIPTION:{_text(event.text)}"
    yield f"URL:{event.url}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Return words as a TEXT value (section 3.3.11), without control characters."""
    escaped = printable(words).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets; no letter is cut."""
    piece, size = "", 0
    for letter in line:
        more = len(letter.encode())
        if size + more > LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + more
    yield piece
