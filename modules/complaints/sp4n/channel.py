"""What a way to SP4N-LAPOR! must be able to do, and what is said on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

Item = TypeVar("Item")


class Undeliverable(Exception):  # noqa: N818  # it reads as what happened
    """Raised by a channel when trying again cannot help; its text holds no contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCase:
    """A report as the other side gets it: the problem, never the reporter.

    ``reference`` stays the same in every attempt: by it the other side knows a repetition.
    """

    reference: str
    number: str
    title: str
    text: str
    category: str
    place: str
    latitude: float | None
    longitude: float | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RemoteStatus:
    """Where a case stands on the other side, in its own word."""

    external_id: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCase:
    """A case that the other side has for us; ``secret`` as its reporter chose there."""

    external_id: str
    title: str
    text: str
    category: str = ""
    landmark: str = ""
    latitude: float | None = None
    longitude: float | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Heard(Generic[Item]):
    """One page of what is new since a mark, and the mark to ask with next; "" when unchanged.

    ``more``: whether there is another page at once.
    """

    items: list[Item]
    watermark: str = ""
    more: bool = False


class Sp4nChannel(Protocol):
    """A way to the national service. Every call takes seconds at most, and may raise OSError."""

    def send(self, case: OutgoingCase) -> str:
        """Hand a case over and return the number it has there. Raises Undeliverable, OSError."""
        ...

    def statuses(self, since: str) -> Heard[RemoteStatus]:
        """Return what became of cases since a mark ("" for the beginning)."""
        ...

    def incoming(self, since: str) -> Heard[RemoteCase]:
        """Return cases for this region since a mark."""
        ...
