"""What the hub of this process is doing, for /metrics and /readyz."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class Counts:
    """Written by the hub's event loop, read by anybody.

    Attributes:
        running: whether this process has a hub at all.
        listening: whether its connection to the database hears events now.
        streams: open streams.
        delivered: events written to streams since the process began.
        resyncs: times a page was told to fetch everything anew.
        refused: requests for a stream without a valid token, or beyond the limit.
    """

    running: bool = False
    listening: bool = False
    streams: int = 0
    delivered: int = 0
    resyncs: int = 0
    refused: int = 0


COUNTS = Counts()


def snapshot() -> dict[str, Any]:
    """Return the counts as they are now."""
    return asdict(COUNTS)
