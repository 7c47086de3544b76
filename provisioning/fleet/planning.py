"""The way from one release to the next, worked out once in the blueprint, step by step."""

from typing import Any, Final

from django.db import connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from provisioning import release
from provisioning.models import Release, UpgradePlan
from provisioning.release import source
from provisioning.release.blueprint import Blueprint, blueprint

SQL: Final = "sql"
PYTHON: Final = "python"
ALONE: Final = "alone"
Step = dict[str, Any]


class PlanError(RuntimeError):
    """Raised when upgrading would not give what a fresh build gives."""


@transaction.atomic
def plan(origin: Release, target: Release) -> UpgradePlan:
    """Return the steps from ``origin`` to ``target``, the release of the running code.

    Raises:
        PlanError: when the migrations, applied to the old structure, end in another one than
            the release's: applied files were changed afterwards.
    """
    known = UpgradePlan.objects.filter(origin=origin.fingerprint, target=target.fingerprint).first()
    if known:
        return known
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [release.LOCK])
    with blueprint() as place:
        place.replay(origin.sql)
        steps = merged(_steps(place))
        end = place.fingerprint()
    if end != target.fingerprint:
        raise PlanError(
            f"upgrading from {origin.fingerprint[:12]} ends at {end[:12]}, a new region is at"
            f" {target.fingerprint[:12]}: a migration that was already applied has been changed"
        )
    return UpgradePlan.objects.create(
        origin=origin.fingerprint, target=target.fingerprint, steps=steps
    )


def kind_of(migration: Migration) -> str:
    """Tell how a migration is applied: as SQL text, by its Python code, or outside transactions."""
    if not migration.atomic:
        return ALONE
    return SQL if all(_is_sql(operation) for operation in migration.operations) else PYTHON


def merged(steps: list[Step]) -> list[Step]:
    """Return the steps with neighbours of SQL joined: they travel in one message."""
    joined: list[Step] = []
    for step in steps:
        last = joined[-1] if joined else None
        if last and last["kind"] == step["kind"] == SQL:
            last["after"] = step["after"]
            last["migrations"] = last["migrations"] + step["migrations"]
            last["sql"] = last["sql"] + step["sql"]
        else:
            joined.append(dict(step))
    return joined


def pending(executor: MigrationExecutor) -> list[Migration]:
    """Return the migrations that the executor's schema lacks, in order."""
    wanted = source.targets(executor.loader)
    return [migration for migration, _ in executor.migration_plan(wanted)]


def _steps(place: Blueprint) -> list[Step]:
    with place.entered():
        executor = MigrationExecutor(place.connection)
        missing = pending(executor)
        state = executor.loader.project_state(list(executor.loader.applied_migrations))
    steps = []
    before = place.fingerprint()
    for migration in missing:
        kind = kind_of(migration)
        with place.entered():
            sql = _collect(place, migration, state) if kind == SQL else ""
            state = executor.apply_migration(state, migration)
        after = place.fingerprint()
        key = [migration.app_label, migration.name]
        steps.append(
            {"before": before, "after": after, "kind": kind, "migrations": [key], "sql": sql}
        )
        before = after
    return steps


def _collect(place: Blueprint, migration: Migration, state: ProjectState) -> str:
    # Against the structure that is there before it: names of constraints are looked up.
    with place.connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
        migration.apply(state.clone(), editor, collect_sql=True)
    lines = [line for line in editor.collected_sql if not line.startswith("--")]
    return "".join(f"{line}\n" for line in lines)


def _is_sql(operation: Operation) -> bool:
    if isinstance(operation, SeparateDatabaseAndState):
        return all(_is_sql(inner) for inner in operation.database_operations)
    return bool(operation.reduces_to_sql)
