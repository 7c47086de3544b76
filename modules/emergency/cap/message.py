"""A CAP message as frozen data; names and order follow section 3.2 of the standard."""

from dataclasses import dataclass
from datetime import datetime

Point = tuple[float, float]
"""(latitude, longitude) in degrees, WGS84."""
Ring = tuple[Point, ...]
Circle = tuple[float, float, float]
"""(latitude, longitude, radius in kilometres)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An earlier message: "sender,identifier,sent" (section 3.2.1)."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where it holds: the union of all that is given; ``geocodes`` are (system, code)."""

    description: str
    polygons: tuple[Ring, ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """What is said in one language."""

    language: str
    categories: tuple[str, ...]
    event: str
    responses: tuple[str, ...] = ()
    urgency: str
    severity: str
    certainty: str
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a sender; ``msg_type`` is Alert, Update, Cancel, Ack or Error."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    msg_type: str
    scope: str = "Public"
    restriction: str = ""
    addresses: str = ""
    note: str = ""
    references: tuple[Reference, ...] = ()
    infos: tuple[Info, ...] = ()
