"""Which words go before a statement, and which statements cannot bear any."""

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from balai import context
from tenants.backend.migrating import Migrating

SAFE_NAME: Final = re.compile(r"[a-z_][a-z0-9_]{0,62}\Z")

COMMON: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
COMMENTS: Final = re.compile(r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/)+", re.DOTALL)

# One statement and nothing behind it: "COMMIT; SELECT ..." is not let through.
BARE: Final = re.compile(
    r"(?:SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN|START\s+TRANSACTION|END|ABORT"
    r"|SET\s+CONSTRAINTS|(?:CREATE|ALTER|DROP)\s+DATABASE)\b[^;]*;?\s*\Z",
    re.IGNORECASE,
)
ALONE: Final = re.compile(
    r"(?:CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY|DROP\s+INDEX\s+CONCURRENTLY"
    r"|REINDEX\b.*?\bCONCURRENTLY|VACUUM|ALTER\s+SYSTEM"
    r"|ALTER\s+TABLE\b.*?\bDETACH\s+PARTITION\b.*?\bCONCURRENTLY)\b",
    re.IGNORECASE | re.DOTALL,
)


class Kind(Enum):
    """How a statement may be sent."""

    CARRIED = "with role and search_path in the same message"
    BARE = "as it is: transaction control, or about a whole database"
    ALONE = "in a message of its own: PostgreSQL refuses it inside any transaction"


def kind(query: str) -> Kind:
    """Tell how ``query`` may be sent. Transaction control must not be prefixed: in an
    aborted transaction the prefix itself would fail and ROLLBACK TO never arrive."""
    if query[:6] in COMMON:
        return Kind.CARRIED
    text = COMMENTS.sub("", query)
    if BARE.match(text):
        return Kind.BARE
    return Kind.ALONE if ALONE.match(text) else Kind.CARRIED


def prefix(scope: str = "LOCAL ") -> str:
    """Return the settings that put a statement into the active context.

    Args:
        scope: "LOCAL " for the message's transaction, "" for the session.

    Raises:
        NoRegionError: when neither a region nor the platform is active.
    """
    return prefix_for(context.current(), scope)


def prefix_for(active: context.Context | None, scope: str = "LOCAL ") -> str:
    """Return the same for a context at hand."""
    if active is None:
        raise context.NoRegionError("no statement without a region or platform() around it")
    if isinstance(active, context.Region):
        role = None if isinstance(active, Migrating) else active.role
        return settings_for(active.schema, role, scope)
    return settings_for(active.schema, None, scope)


@lru_cache(maxsize=4096)
def settings_for(schema: str, role: str | None, scope: str = "LOCAL ") -> str:
    """Return the SET statements for ``schema``; ``role`` None is the login role itself.

    Raises:
        ValueError: for a name that is not a plain lower-case identifier.
    """
    for name in (schema,) if role is None else (schema, role):
        if not SAFE_NAME.match(name):
            raise ValueError(f"{name!r} is no name of a schema or role of ours")
    chosen = "NONE" if role is None else f'"{role}"'
    return f'SET {scope}ROLE {chosen}; SET {scope}search_path = "{schema}"; '
