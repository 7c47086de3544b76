"""Receivers: functions that the outbox calls after an event was committed."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from balai.modules import registry

Value = int | str | bool | None


@dataclass(frozen=True, slots=True)
class EventData:
    """A committed domain event: what happened to which thing, and no personal data."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, Value]
    created_at: datetime


Receiver = Callable[[EventData], None]
_receivers: dict[str, list[Receiver]] = defaultdict(list)


def receiver(*topics: str) -> Callable[[Receiver], Receiver]:
    """Register a function for events of these topics.

    It runs in the event's region, at least once and in one transaction with the row that
    remembers it ran; for a module that is switched off it is skipped.
    """

    def register(function: Receiver) -> Receiver:
        for topic in topics:
            _receivers[topic].append(function)
        return function

    return register


def receivers_of(topic: str) -> list[Receiver]:
    """Return the receivers of ``topic`` whose module is on in the current region."""
    return [item for item in _receivers[topic] if not registry.is_off(registry.owner_of(item))]


def every_receiver_of(topic: str) -> list[Receiver]:
    """Return the receivers of ``topic`` of all installed modules, switched on or not."""
    return list(_receivers[topic])


def name_of(function: Receiver) -> str:
    """Return the receiver's stable name, kept with each delivery."""
    return f"{function.__module__}.{function.__qualname__}"


def known_topics() -> frozenset[str]:
    """Return every topic somebody listens to."""
    return frozenset(topic for topic, functions in _receivers.items() if functions)
