"""One step of an upgrade in one region: one message, or one transaction, or as it must."""

import random
import time
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from balai.context import SHARED_SCHEMA
from provisioning.fleet import planning
from provisioning.opening.sql import compose
from provisioning.release import fingerprint
from tenants import cells, roles
from tenants.backend.migrating import migrating
from tenants.models import Region

log = structlog.get_logger(__name__)
LOCK_TIMEOUT: Final = "5s"
TRIES: Final = 5
PAUSE: Final = 0.5  # seconds before the second try; each further pause is twice as long
WORTH_A_TRY: Final = {"55P03", "40P01"}  # lock not available in time, deadlock
LOCK: Final = 0x464C5454  # the first key of the advisory lock; the second is the region
INVALID: Final = """
    SELECT i.indisvalid FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
    WHERE c.relname = %s AND c.relnamespace = to_regnamespace(current_schema())
"""


@dataclass(frozen=True)
class Rendered:
    """An operation with the models before and after it, worked out once for all regions."""

    label: str
    operation: Operation
    before: ProjectState
    after: ProjectState


Rendering = dict[tuple[str, str], list[Rendered]]


def render(steps: list[planning.Step]) -> Rendering:
    """Return the operations of all steps that are not plain SQL, ready to run anywhere."""
    wanted = {
        tuple(key) for step in steps if step["kind"] != planning.SQL for key in step["migrations"]
    }
    if not wanted:
        return {}
    loader = MigrationLoader(None)
    done: Rendering = {}
    for key in sorted(wanted):
        migration = loader.get_migration(*key)
        state = loader.project_state([key], at_end=False)
        parts = []
        for operation in migration.operations:
            before = state.clone()
            operation.state_forwards(migration.app_label, state)
            after = state.clone()
            before.apps, after.apps  # noqa: B018  # rendered here, not by each worker
            parts.append(Rendered(migration.app_label, operation, before, after))
        done[key[0], key[1]] = parts
    return done


def run(region: Region, step: planning.Step, rendering: Rendering) -> None:
    """Apply one step to one region; raises when the region is not where the step begins.

    A long transaction of the region's own holds its tables now and then: the step then gives its
    place in the queue up, so that nobody waits behind it, and tries again a little later.

    Raises:
        OperationalError: when the tables were not to be had in five tries.
    """
    work = {planning.SQL: _sql, planning.PYTHON: _python, planning.ALONE: _alone}[step["kind"]]
    for number in range(TRIES):
        try:
            return work(region, step, rendering)
        except OperationalError as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code not in WORTH_A_TRY or number == TRIES - 1:
                raise
            log.info("region_upgrade_waits", region=region.slug, reason=code)
            time.sleep(PAUSE * 2**number * random.uniform(0.8, 1.2))  # noqa: S311  # no secret
    return None


def _sql(region: Region, step: planning.Step, rendering: Rendering) -> None:
    schema = region.schema_name
    message = "".join(
        (
            _guard(region),
            fingerprint.check_sql(schema, step["before"]),
            f'SET LOCAL search_path = "{schema}";\n',
            step["sql"],
            *(
                compose(
                    "INSERT INTO django_migrations (app, name, applied)"
                    " VALUES (%s, %s, clock_timestamp());\n",
                    list(key),
                )
                for key in step["migrations"]
            ),
            f'SET LOCAL search_path = "{SHARED_SCHEMA}";\n',
            roles.restrict_tables_sql(schema, region.role),
        )
    )
    with cells.caretaker(region.cell_id), connection.cursor() as cursor:
        cursor.execute(message)


def _python(region: Region, step: planning.Step, rendering: Rendering) -> None:
    with cells.caretaker(region.cell_id), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                _guard(region) + fingerprint.check_sql(region.schema_name, step["before"])
            )
        with migrating(region.schema_name, cell=region.cell_id):
            for key in step["migrations"]:
                with connection.schema_editor(atomic=True) as editor:
                    for part in rendering[key[0], key[1]]:
                        part.operation.database_forwards(
                            part.label, editor, part.before, part.after
                        )
                MigrationRecorder(connection).record_applied(*key)
        with connection.cursor() as cursor:
            cursor.execute(roles.restrict_tables_sql(region.schema_name, region.role))


def _alone(region: Region, step: planning.Step, rendering: Rendering) -> None:
    # CONCURRENTLY refuses transactions: each operation is asked first whether it is done.
    with migrating(region.schema_name, cell=region.cell_id):
        for key in step["migrations"]:
            for part in rendering[key[0], key[1]]:
                if not _is_done(part.operation):
                    with connection.schema_editor(atomic=False) as editor:
                        part.operation.database_forwards(
                            part.label, editor, part.before, part.after
                        )
            MigrationRecorder(connection).record_applied(*key)


def _is_done(operation: Any) -> bool:
    """Tell whether an index is there (or gone) already; one left INVALID by a kill is dropped."""
    adds = isinstance(operation, AddIndexConcurrently)
    if not adds and not isinstance(operation, RemoveIndexConcurrently):
        return False
    name = operation.index.name if isinstance(operation, AddIndexConcurrently) else operation.name
    with connection.cursor() as cursor:
        cursor.execute(INVALID, [name])
        row = cursor.fetchone()
        if row and not row[0]:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
            row = None
    return (row is not None) == adds


def _guard(region: Region) -> str:
    return (
        f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}';\n"
        f"SELECT pg_advisory_xact_lock({LOCK}, {region.pk % 2**31});\n"
    )
