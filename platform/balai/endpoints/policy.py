"""The table: what each state of a region's life does to each class of endpoints."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from balai import context
from balai.endpoints.classes import Endpoint


class Access(StrEnum):
    """What a class of endpoints may do in a state."""

    OPEN = "open"
    READ_ONLY = "read_only"
    CLOSED = "closed"


class StoppedError(Exception):
    """Raised where something was tried that the region's state has stopped."""

    def __init__(self, endpoint: Endpoint, allowed: Access) -> None:
        super().__init__(f"{endpoint} is {allowed}")
        self.endpoint, self.allowed = endpoint, allowed


Row = Mapping[Endpoint, Access]
_ALL_OPEN: Final[Row] = MappingProxyType(dict.fromkeys(Endpoint, Access.OPEN))
# Open stays what the page that says so is made of.
_NOTHING: Final[Row] = MappingProxyType(
    {**dict.fromkeys(Endpoint, Access.CLOSED), Endpoint.FACE: Access.OPEN}
)
# Closed forms are not even shown, so that nobody types in vain.
# Money stops extras only. 112, reports, their handling, alerts, status and export: never.
_UNPAID: Final[Row] = MappingProxyType(
    {**_ALL_OPEN, Endpoint.PUBLISHING: Access.CLOSED, Endpoint.API_WRITE: Access.READ_ONLY}
)
# Whoever leaves finishes what came in, takes nothing new in, and may take it back.
_LEAVING: Final[Row] = MappingProxyType(
    {
        **_ALL_OPEN,
        Endpoint.INTAKE: Access.CLOSED,
        Endpoint.CITIZEN_SERVICE: Access.READ_ONLY,
        Endpoint.PUBLISHING: Access.CLOSED,
        Endpoint.API_WRITE: Access.READ_ONLY,
    }
)
TABLE: Final[Mapping[str, Row]] = MappingProxyType(
    {
        "requested": _NOTHING,
        "building": _NOTHING,
        "sandbox": _ALL_OPEN,
        "active": _ALL_OPEN,
        "past_due": _ALL_OPEN,
        "restricted": _UNPAID,
        "closing": _LEAVING,
        "closed": _NOTHING,
    }
)
PAYMENT, CONFLICT, GONE = 402, 409, 410
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def access(state: str, endpoint: Endpoint) -> Access:
    """Return what ``endpoint`` may do in ``state``. Raises KeyError for a state nobody knows."""
    return TABLE[state][endpoint]


def refuses(allowed: Access, method: str) -> bool:
    """Tell whether a request with ``method`` is stopped by ``allowed``."""
    return allowed == Access.CLOSED or (allowed == Access.READ_ONLY and method not in SAFE)


def status(state: str, allowed: Access) -> int:
    """Return the HTTP status of a refusal.

    402 asks for a payment; 409: the region's state forbids the change; 410: this door will not
    open again, so that a phone's waiting report is not sent for ever. Never 403: it is not about
    the person.
    """
    if state == "restricted":
        return PAYMENT
    return GONE if allowed == Access.CLOSED else CONFLICT


def require(endpoint: Endpoint) -> None:
    """Refuse a change of this class in the active region's state; services call it.

    For routes on which only the form's contents tell what is done.

    Raises:
        StoppedError: the middleware answers it like a stopped route.
    """
    allowed = access(context.current_region().state, endpoint)
    if allowed != Access.OPEN:
        raise StoppedError(endpoint, allowed)
