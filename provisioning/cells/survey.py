"""Looking at cells: do they answer, what are they, and which regions live there?"""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db import Error, connection
from django.db.models import Count, Q

from balai.context import MAIN_CELL, platform
from balai.health import listening
from tenants import cells
from tenants.models import Cell, Region
from tenants.states import State

OLDEST: Final = 150000
NO_INHERIT_NEEDED: Final = 160000
MARK: Final = "balai_cell"
"""An empty schema whose comment says which cell a database is: no two cells may be one."""
FACTS: Final = """
    SELECT current_setting('server_version_num')::int, current_setting('synchronous_commit'),
        current_setting('fsync'), r.rolinherit, r.rolcreaterole, r.rolsuper,
        has_database_privilege(current_database(), 'CREATE'),
        to_regnamespace('shared') IS NOT NULL,
        obj_description(to_regnamespace('balai_cell'), 'pg_namespace'),
        ARRAY(SELECT extname::text FROM pg_extension WHERE extname NOT IN ('plpgsql', 'citus'))
    FROM pg_roles r WHERE r.rolname = current_user
"""
SCHEMAS: Final = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'r\\_%'"
LIVING: Final = ~Q(regions__state__in=[State.REQUESTED, State.CLOSED])


@dataclass(slots=True)
class Facts:
    """What a database says of itself; the order is that of the query."""

    version: int
    synchronous: str
    fsync: str
    inherits: bool
    makes_roles: bool
    superuser: bool
    may_create: bool
    has_directory: bool
    mark: str | None
    extensions: list[str]

    def troubles(self) -> list[str]:
        """Return why this database cannot be (or should no longer be) a cell."""
        found = []
        if self.version < OLDEST:
            found.append(f"PostgreSQL {self.version // 10000} is too old, 15 is the oldest")
        if self.synchronous == "off":
            found.append("synchronous_commit is off: a crash would lose acknowledged reports")
        if not self.makes_roles:
            found.append("the login role may not create roles (CREATEROLE)")
        if not self.may_create:
            found.append("the login role may not create schemas (CREATE on the database)")
        if self.version < NO_INHERIT_NEEDED and self.inherits:
            found.append("the login role inherits: ALTER ROLE ... NOINHERIT (before PostgreSQL 16)")
        if self.superuser:
            found.append("the login role is a superuser: no right of a region would hold it back")
        return found


@dataclass(slots=True)
class Place:
    """A cell as it is seen now."""

    name: str
    capacity: int
    is_open: bool
    regions: int
    note: str = ""
    up: bool = True
    trouble: str = ""
    version: str = ""
    strangers: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "name": self.name, "up": self.up, "open": self.is_open, "regions": self.regions,
            "capacity": self.capacity, "postgresql": self.version, "trouble": self.trouble,
            "strangers": self.strangers, "note": self.note,
        }  # fmt: skip


def look(*, thorough: bool) -> list[Place]:
    """Return every cell as it is now; one that does not answer is told, not raised.

    Args:
        thorough: also compare schemas with the directory and try LISTEN (two connections each).
    """
    with platform():
        rows = list(Cell.objects.annotate(living=Count("regions", filter=LIVING)))
    return [_look(row, thorough=thorough) for row in rows]


def facts(name: str) -> Facts:
    """Ask a cell about itself.

    Raises:
        django.db.Error: when it cannot be asked.
    """
    with cells.caretaker(name), connection.cursor() as cursor:
        cursor.execute(FACTS)
        return Facts(*cursor.fetchone())


def schemas(name: str) -> set[str]:
    """Return the schemas in a cell that are called like a region's."""
    with cells.caretaker(name), connection.cursor() as cursor:
        cursor.execute(SCHEMAS)
        return {row[0] for row in cursor.fetchall()}


def _look(row: Any, *, thorough: bool) -> Place:
    place = Place(row.name, row.capacity, row.is_open, row.living, row.note)
    try:
        seen = facts(row.name)
        place.version = f"{seen.version // 10000}.{seen.version % 10000}"
        if row.name != MAIN_CELL and seen.mark != mark_of(row.name):
            place.trouble = "this database is another one than was added"
        elif thorough:
            place.trouble = "; ".join(_deeper(row.name, seen))
            place.strangers = sorted(schemas(row.name) - _known(row.name))
    except Error as error:
        place.up, place.trouble = False, f"does not answer ({type(error).__name__})"
    return place


def _deeper(name: str, seen: Facts) -> list[str]:
    troubles = seen.troubles() if name != MAIN_CELL else []
    if name != MAIN_CELL and not listening.hears(cell=name):
        troubles.append("LISTEN hears nothing: name the database itself in BALAI_LISTEN_CELLS")
    return troubles


def _known(name: str) -> set[str]:
    with platform():
        return set(Region.objects.filter(cell=name).values_list("schema_name", flat=True))


def mark_of(name: str) -> str:
    """Return what the mark in a cell's database says."""
    return f"cell {name} of {cells.database(MAIN_CELL)}"
