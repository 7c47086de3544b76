"""Put a backup in the place of a region's tables: loaded beside, then switched in one moment."""

import time
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from balai import audit, context
from provisioning import release
from provisioning.backups import loading, making, reading
from provisioning.backups.loading import RestoreError
from provisioning.fleet import apply, planning
from provisioning.models import Release, Restore, RestoreState
from provisioning.release import fingerprint
from tenants import directory, roles, selectors
from tenants.models import Region

OPEN: Final = (RestoreState.LOADED, RestoreState.SWITCHED)
TRIES: Final = 6
PATIENCE: Final = "SET LOCAL lock_timeout = '4s';\n"


def beside(region: Region, path: Path, *, by: str) -> Restore:
    """Load the backup into a schema beside the region's, which goes on. Runs on the platform.

    One transaction: a process that dies leaves nothing. Called again with the same file it
    returns what is loaded already.

    Raises:
        RestoreError: when another restore is open, or the backup is another region's.
        Unreadable: for a file that was altered.
    """
    head = reading.head_of(path)
    if head["schema"] != region.schema_name:
        raise RestoreError(f"this is a backup of {head['slug']}: use --to for a copy of it")
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)
        known = Restore.objects.filter(region=region, state__in=OPEN).first()
        if known is not None:
            return _same(known, path)
        made = Restore.objects.create(region=region, source=path.name, beside="", by=by[:120])
        made.beside = f"restore_{region.pk}_{made.pk}"
        here = selectors.freeze(region)
        loaded = loading.load(path, making.key(here), made.beside)
        made.rows = loaded.rows
        made.missing = len(loading.missing_files(here, loaded.end))
        made.save()
        audit.record(
            action="region.restore_loaded",
            target=region.schema_name,
            after={"file": path.name, "rows": made.rows, "missing": made.missing},
        )
    return made


def upgrade(made: Restore) -> int:
    """Bring what was loaded to the release of the running code; return how many steps it took."""
    target = release.ensure()
    with transaction.atomic(), connection.cursor() as cursor:
        seen = fingerprint.of_one(cursor, made.beside)
    if seen == target.fingerprint:
        return 0
    origin = Release.objects.filter(fingerprint=seen).first()
    if origin is None:
        raise RestoreError("what was loaded is like no release: give it up and load it again")
    steps = planning.plan(origin, target).steps
    rendering = apply.render(steps)
    row = made.region
    stand_in = Region(pk=row.pk, schema_name=made.beside, role=row.role)
    for step in steps:
        apply.run(stand_in, step, rendering)
    return len(steps)


def switch(made: Restore) -> None:
    """Let the loaded tables take the place of the old ones, which are kept. On the platform.

    Waits until no transaction uses the old tables; those that come meanwhile wait, and then see
    the new ones. A process that dies leaves the old ones in service.
    """
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                _switch(Restore.objects.select_for_update().get(pk=made.pk))
            break
        except OperationalError as error:
            if attempt == TRIES or "lock timeout" not in str(error):
                raise
            time.sleep(0.2 * attempt)
    made.refresh_from_db()
    directory.invalidate(made.region.schema_name)


@transaction.atomic
def confirm(made: Restore) -> None:
    """Drop the tables that were replaced. Runs on the platform."""
    _expect(made, RestoreState.SWITCHED)
    _drop(made.beside)
    _end(made, RestoreState.CONFIRMED, "region.restore_confirmed")


def take_back(made: Restore) -> None:
    """Put the old tables back in service and drop those of the backup. On the platform."""
    with transaction.atomic():
        _expect(made, RestoreState.SWITCHED)
        row = Region.objects.select_for_update().get(pk=made.region_id)
        gone = f"restore_{row.pk}_{made.pk}"
        _exchange(row, new=made.beside, kept=gone)
        _drop(gone)
        _end(made, RestoreState.UNDONE, "region.restore_undone")
    directory.invalidate(made.region.schema_name)


@transaction.atomic
def give_up(made: Restore) -> None:
    """Drop what was loaded and never put into service. Runs on the platform."""
    _expect(made, RestoreState.LOADED)
    _drop(made.beside)
    _end(made, RestoreState.DROPPED, "region.restore_dropped")


def current(region: Region) -> Restore | None:
    """Return the region's open restore."""
    return Restore.objects.filter(region=region, state__in=OPEN).first()


def _same(known: Restore, path: Path) -> Restore:
    if known.state == RestoreState.LOADED and known.source == path.name:
        return known
    raise RestoreError(
        f"{known.source} is {known.get_state_display()}: confirm it, take it back or give it up"
    )


def _switch(made: Restore) -> None:
    _expect(made, RestoreState.LOADED)
    row = Region.objects.select_for_update().get(pk=made.region_id)
    kept = f"kept_{row.pk}_{made.pk}"
    _exchange(row, new=made.beside, kept=kept)
    made.state, made.beside, made.switched_at = RestoreState.SWITCHED, kept, timezone.now()
    made.save(update_fields=["state", "beside", "switched_at"])
    told: dict[str, Any] = {"file": made.source, "rows": made.rows, "missing": made.missing}
    with context.region_context(selectors.freeze(row)):
        audit.record(action="region.restored", after=told)
    audit.record(action="region.restored", target=row.schema_name, after=told)


def _exchange(row: Region, *, new: str, kept: str) -> None:
    """Rename the schemas: nobody is between two statements of one transaction then."""
    live, role = row.schema_name, row.role
    with connection.cursor() as cursor:
        cursor.execute(fingerprint.check_sql(new, release.ensure().fingerprint))
        cursor.execute(
            "SELECT string_agg(format('%%I.%%I', schemaname, tablename), ', ')"
            " FROM pg_catalog.pg_tables WHERE schemaname = %s", [live]
        )  # fmt: skip
        [tables] = cursor.fetchone()
        cursor.execute(f"{PATIENCE}LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        cursor.execute(
            f'ALTER SCHEMA "{live}" RENAME TO "{kept}";\n'
            f'ALTER SCHEMA "{new}" RENAME TO "{live}";\n'
            f'REVOKE USAGE ON SCHEMA "{kept}" FROM "{role}";\n'
            + roles.grant_schema_sql(live, role)
            + roles.grant_tables_sql(live, role)
        )
    directory.notify(live)


def _expect(made: Restore, state: RestoreState) -> None:
    made.refresh_from_db()
    if made.state != state:
        raise RestoreError(f"{made.source} is {made.get_state_display()}")


def _end(made: Restore, state: RestoreState, action: str) -> None:
    made.state, made.ended_at = state, timezone.now()
    made.save(update_fields=["state", "ended_at"])
    audit.record(action=action, target=made.region.schema_name, after={"file": made.source})


def _drop(schema: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
