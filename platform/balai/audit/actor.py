"""Who acts: found by the chain when something is recorded, never passed from hand to hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A person by opaque reference and name, or a machine by its name alone."""

    uuid: UUID | None = None
    label: str = "system"
    request_id: str = ""


SYSTEM: Final = Actor()
# A function, so that a request that records nothing never reads its user.
_actor: ContextVar[Callable[[], Actor]] = ContextVar("balai_actor", default=lambda: SYSTEM)


def current() -> Actor:
    """Return who acts now; the system where nobody said."""
    return _actor.get()()


@contextmanager
def acting(find: Callable[[], Actor]) -> Iterator[None]:
    """Run a block for the actor that ``find`` returns when it is needed."""
    token = _actor.set(find)
    try:
        yield
    finally:
        _actor.reset(token)


@contextmanager
def acting_as(label: str, reference: UUID | None = None) -> Iterator[None]:
    """Run a block in the name of ``label`` ("command line", "billing")."""
    actor = Actor(uuid=reference, label=label)
    with acting(lambda: actor):
        yield
