"""Which region a host name means: cached in the process, invalidated by NOTIFY."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from balai import context
from tenants import selectors
from tenants.cache import BoundedCache

CHANNEL: Final = "balai_directory"
EVERYTHING: Final = "*"

# Seconds an entry is trusted. While a LISTEN connection is up, invalidation arrives by NOTIFY
# and the age only bounds what a lost message can do; without one it is all there is.
LISTENING_AGE: Final = 30.0
DEAF_AGE: Final = 1.0
UNKNOWN_AGE: Final = 5.0


@dataclass(slots=True)
class _Ear:
    listening: bool = False


_ear = _Ear()
_known: BoundedCache[context.Region] = BoundedCache(size=4096)
# Names nobody has: kept apart, so that a flood of them does not push the regions out.
_unknown: BoundedCache[str] = BoundedCache(size=1024)


def by_host(name: str) -> context.Region | None:
    """Return the region with this normalised host name, or None. No query when warm."""
    age = LISTENING_AGE if _ear.listening else DEAF_AGE
    region = _known.get(name, age)
    if region is not None:
        return region
    if _unknown.get(name, min(age, UNKNOWN_AGE)):
        return None
    known, unknown = _known.generation, _unknown.generation
    region = selectors.region_by_host(name)
    if region is None:
        _unknown.put(name, name, unknown)
    else:
        _known.put(name, region, known)
    return region


def by_schema(schema: str) -> context.Region | None:
    """Return the region that lives in ``schema``, read now; None if there is none.

    For jobs and commands: they have no LISTEN connection and may wait behind a switch.
    """
    return selectors.region_by_schema(schema)


def invalidate(schema: str | None = None) -> None:
    """Forget one region in this process, or all of them; names nobody had are asked again."""
    _known.drop(lambda region: schema is None or region.schema == schema)
    _unknown.drop(lambda _: True)


def notify(schema: str | None = None) -> None:
    """Tell every process, when the running transaction commits, to forget a region (or all)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, schema or EVERYTHING])


def on_notify(payload: str) -> bool:
    """Handle a message of :data:`CHANNEL`: a schema's name, or "*" for all.

    Returns:
        True: a module may have been switched, so open pages ask again what they may hear.
    """
    invalidate(None if payload in {"", EVERYTHING} else payload)
    return True


def listening_lost() -> None:
    """Trust entries for one second only: messages may be missed from now on."""
    _ear.listening = False


def listening_restored() -> None:
    """Forget everything (messages were missed) and trust NOTIFY again."""
    invalidate()
    _ear.listening = True
