"""Schemas that a killed birth left behind in another cell: known by their mark, never served.

A birth in another cell commits the schema first and the directory's row just after. A kill in
between leaves a complete schema that no row names. The schema's comment says which opening made
it; the opening's own row says whether it came to be a region.
"""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import Error, connection, transaction

from balai import context
from balai.context import MAIN_CELL, platform
from provisioning.models import Opening, Step, StepState
from tenants import cells, roles
from tenants.models import Cell

log = structlog.get_logger(__name__)
BORN_OF: Final = "balai opening "
LOCK: Final = 0x42414C41  # the engine's: an opening that is being worked on is left alone
MARKED: Final = (
    "SELECT nspname::text, obj_description(oid, 'pg_namespace') FROM pg_namespace"
    " WHERE obj_description(oid, 'pg_namespace') LIKE 'balai opening %'"
)


def mark_sql(schema: str, opening: Any) -> str:
    """Return SQL that writes on a newborn schema which opening made it."""
    return f"COMMENT ON SCHEMA \"{schema}\" IS '{BORN_OF}{opening.uuid}';\n"


def clear_way(cell: str, schema: str) -> None:
    """Drop what a killed birth left under this name. The caller holds the name in the directory."""
    left = dict(_marked(cell)).get(schema)
    if left is not None and _came_to_nothing(left):
        _drop(cell, schema)


def sweep() -> list[str]:
    """Drop the leftovers of births whose opening is not being worked on; return their schemas."""
    dropped = []
    with platform():
        others = list(Cell.objects.exclude(name=MAIN_CELL).values_list("name", flat=True))
    for cell in others:
        try:
            for schema, uuid in list(_marked(cell)):
                if _is_idle(uuid) and _sweep_one(cell, schema, uuid):
                    dropped.append(schema)
        except Error as error:
            log.warning("cell_not_swept", cell=cell, error=type(error).__name__)
    return dropped


def _marked(cell: str) -> Iterator[tuple[str, UUID]]:
    with cells.caretaker(cell), connection.cursor() as cursor:
        cursor.execute(MARKED)
        for schema, said in cursor.fetchall():
            yield schema, UUID(said.removeprefix(BORN_OF))


def _is_idle(uuid: UUID) -> bool:
    """Tell whether nobody will go on with this opening by itself."""
    from provisioning.opening import services

    with platform():
        opening = Opening.objects.filter(uuid=uuid).first()
        return opening is not None and not services.may_go_on(opening)


@transaction.atomic
def _sweep_one(cell: str, schema: str, uuid: UUID) -> bool:
    with platform():
        key = Opening.objects.values_list("pk", flat=True).get(uuid=uuid)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, key % 2**31])
            [free] = cursor.fetchone()
    if not free or not _came_to_nothing(uuid):
        return False
    _drop(cell, schema)
    log.warning("orphan_dropped", cell=cell, schema=schema, opening=str(uuid))
    return True


def _came_to_nothing(uuid: UUID) -> bool:
    """Tell whether the opening is known and its birth never became a region."""
    with platform():
        born = Step.objects.filter(opening__uuid=uuid, name="schema", state=StepState.DONE)
        return Opening.objects.filter(uuid=uuid).exists() and not born.exists()


def _drop(cell: str, schema: str) -> None:
    role = roles.role_name(cells.database(cell), schema)
    with context.crossing(), cells.caretaker(cell), connection.cursor() as cursor:
        cursor.execute(roles.drop_sql(schema, role))
