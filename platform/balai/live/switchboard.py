"""Who listens to what in this process, and what was said lately."""

import time
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from balai.health.metrics import live_clients
from balai.live.counts import COUNTS
from balai.live.stream import Stream
from balai.live.tokens import Ticket

REMEMBERED: Final = 256
SLACK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """One event as it came by; ``at`` is this process's monotonic clock."""

    topic: str
    id: int
    at: float


class Switchboard:
    """Streams by schema and topic. Touched by the event loop only."""

    def __init__(self) -> None:
        self._streams: dict[tuple[str, str], set[Stream]] = defaultdict(set)
        self._said: dict[str, deque[Said]] = defaultdict(lambda: deque(maxlen=REMEMBERED))
        self._complete_since = time.monotonic()

    def add(self, stream: Stream) -> None:
        """Connect a stream to its topics."""
        for topic in stream.ticket.topics:
            self._streams[stream.ticket.schema, topic].add(stream)
        COUNTS.streams += 1
        live_clients.inc()

    def remove(self, stream: Stream) -> None:
        """Disconnect a stream."""
        for topic in stream.ticket.topics:
            there = self._streams[stream.ticket.schema, topic]
            there.discard(stream)
            if not there:
                del self._streams[stream.ticket.schema, topic]
        COUNTS.streams -= 1
        live_clients.dec()

    def dispatch(self, schema: str, topic: str, event_id: int) -> None:
        """Tell the streams of ``schema`` that listen to ``topic``."""
        self._said[schema].append(Said(topic, event_id, time.monotonic()))
        for stream in self._streams.get((schema, topic), ()):
            stream.tell(topic, event_id)

    def missed_after(self, ticket: Ticket, event_id: int) -> list[Said] | None:
        """Return what the bearer missed after ``event_id``; None when nobody here knows.

        By position, not by number: transactions commit in another order than they count.
        """
        said = list(self._said.get(ticket.schema, ()))
        places = [place for place, item in enumerate(said) if item.id == event_id]
        if not places:
            return None
        return [item for item in said[places[-1] + 1 :] if item.topic in ticket.topics]

    def missed_within(self, ticket: Ticket, seconds: float) -> list[Said] | None:
        """Return what was said in the last ``seconds``; None when nobody here knows."""
        since = time.monotonic() - seconds - SLACK_SECONDS
        said = list(self._said.get(ticket.schema, ()))
        if since < self._complete_since or (len(said) == REMEMBERED and said[0].at > since):
            return None
        return [item for item in said if item.at >= since and item.topic in ticket.topics]

    def forget(self) -> None:
        """Notices were missed: nothing remembered is complete, every page starts afresh."""
        self._said.clear()
        self._complete_since = time.monotonic()
        for stream in self.streams():
            stream.resync()

    def close(self, schema: str = "") -> None:
        """End the streams of ``schema``, or all: their pages ask again what they may hear."""
        for stream in self.streams():
            if not schema or stream.ticket.schema == schema:
                stream.close()

    def streams(self) -> Iterable[Stream]:
        """Return every open stream once."""
        return set().union(*self._streams.values()) if self._streams else set()
