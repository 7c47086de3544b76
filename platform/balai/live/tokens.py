"""The short-lived ticket with which a page opens its stream; the hub checks it without a query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from balai import context, signing

SALT: Final = "live"
LIFETIME: Final = 60
MAX_TOPICS: Final = 160


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a valid token allows: these topics of one schema, on one host."""

    schema: str
    host: str
    topics: frozenset[str]


def token_for(topics: Iterable[str], *, host: str = "") -> str:
    """Return a token, valid for 60 s, that lets its bearer hear ``topics`` of the active region.

    Args:
        topics: bare topic names; whoever calls this has checked that the visitor may hear them.
        host: the host name it is worth something on; "" is the region's primary one.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    schema = context.schema()
    region = context.region_or_none()
    where = host or (region.host if region else "")
    value = {"h": where.lower(), "t": sorted(set(topics))[:MAX_TOPICS]}
    return f"{schema}~{signing.dumps(value, salt=SALT)}"


def read(token: str, *, host: str) -> Ticket:
    """Return what ``token`` allows on ``host``. Needs no region to be active.

    Raises:
        BadSignature: for a token that was altered, is too old, or was made for another host.
    """
    schema, _, signed = token.partition("~")
    if not schema or not signed:
        raise signing.BadSignature("not a live token")
    value = signing.loads(signed, salt=SALT, max_age=LIFETIME, schema=schema)
    if value["h"] and value["h"] != host.lower():
        raise signing.BadSignature("a token of another host")
    return Ticket(schema, value["h"], frozenset(value["t"]))
