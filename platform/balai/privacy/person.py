"""Whose data it is: an account, or who opened a thing with its number and its secret."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from balai import secrets

if TYPE_CHECKING:
    from balai.accounts.models import User

LEDGER = "privacy.ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A thing that was sent without an account: which part keeps it, and its uuid there."""

    part: str
    reference: UUID

    def __str__(self) -> str:
        return f"{self.part}:{self.reference}"

    @classmethod
    def parse(cls, text: str) -> "Ticket":
        """Return the ticket that :meth:`__str__` wrote; raises ValueError for another text."""
        part, _colon, reference = text.partition(":")
        return cls(part=part, reference=UUID(reference))


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Exactly one of the two: they are never joined, so that no account is tied to a report
    that was sent without a name."""

    user: "User | None" = None
    ticket: Ticket | None = None

    def __post_init__(self) -> None:
        if (self.user is None) == (self.ticket is None):
            raise ValueError("one of user and ticket")

    def ticket_of(self, part: str) -> UUID | None:
        """Return the uuid of the thing of ``part`` the person opened, or None."""
        return self.ticket.reference if self.ticket and self.ticket.part == part else None

    @property
    def name(self) -> str:
        """What is hashed into the ledger: opaque, and nothing of the person."""
        return f"user:{self.user.uuid}" if self.user else f"ticket:{self.ticket}"


def digest(name: str) -> str:
    """Return the ledger's word for somebody: a keyed hash that only this region can make."""
    return secrets.digest(name, purpose=LEDGER).hex()
