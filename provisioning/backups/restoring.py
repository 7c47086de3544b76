"""Put a backup in the place of a region's tables: loaded beside, then switched in one moment.

In another cell than the main one a step commits there first and in the directory just after. A
process that dies in between has done the step, and :func:`learn` reads that in the cell.
"""

import time
from pathlib import Path
from typing import Any, Final

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from balai import audit, context
from provisioning import release
from provisioning.backups import loading, making, reading, swapping
from provisioning.backups.loading import RestoreError
from provisioning.cells.staying import stays
from provisioning.fleet import apply, planning
from provisioning.models import Release, Restore, RestoreState
from provisioning.release import fingerprint
from tenants import cells, directory, selectors
from tenants.models import Region

OPEN: Final = (RestoreState.LOADED, RestoreState.SWITCHED)
TRIES: Final = 6
ENDED: Final[dict[str, str]] = {
    RestoreState.CONFIRMED: "region.restore_confirmed",
    RestoreState.UNDONE: "region.restore_undone",
    RestoreState.DROPPED: "region.restore_dropped",
}


def beside(region: Region, path: Path, *, by: str) -> Restore:
    """Load the backup into a schema beside the region's, which goes on. Runs on the platform.

    One transaction: a process that dies leaves nothing, or in another cell a schema that the
    next one drops. Called again with the same file it returns what is loaded already.

    Raises:
        MovesError: while the region moves to another cell.
        RestoreError: when another restore is open, or the backup is another region's.
        Unreadable: for a file that was altered.
    """
    head = reading.head_of(path)
    if head["schema"] != region.schema_name:
        raise RestoreError(f"this is a backup of {head['slug']}: use --to for a copy of it")
    with stays(region.pk):
        current(region)  # what a dead process has done is written down, also when we refuse
        with transaction.atomic():
            row = Region.objects.select_for_update().get(pk=region.pk)
            known = Restore.objects.filter(region=row, state__in=OPEN).first()
            return _same(known, path) if known else _load(row, path, by)


def _load(row: Region, path: Path, by: str) -> Restore:
    swapping.clear(row)
    made = Restore.objects.create(region=row, source=path.name, beside="", by=by[:120])
    made.beside = f"restore_{row.pk}_{made.pk}"
    here = selectors.freeze(row)
    loaded = loading.load(path, making.key(here), made.beside, cell=here.cell)
    swapping.mark(row, made)
    made.rows = loaded.rows
    made.missing = len(loading.missing_files(here, loaded.end))
    made.save()
    audit.record(
        action="region.restore_loaded",
        target=row.schema_name,
        after={"file": path.name, "rows": made.rows, "missing": made.missing},
    )
    return made


def upgrade(made: Restore) -> int:
    """Bring what was loaded to the release of the running code; return how many steps it took."""
    target = release.ensure()
    row = made.region
    with cells.caretaker(row.cell_id), transaction.atomic(), connection.cursor() as cursor:
        seen = fingerprint.of_one(cursor, made.beside)
    if seen == target.fingerprint:
        return 0
    origin = Release.objects.filter(fingerprint=seen).first()
    if origin is None:
        raise RestoreError("what was loaded is like no release: give it up and load it again")
    steps = planning.plan(origin, target).steps
    rendering = apply.render(steps)
    stand_in = Region(
        pk=row.pk, schema_name=made.beside, role=row.role, slug=row.slug, cell_id=row.cell_id
    )
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
    swapping.drop(made.region, made.beside)
    _end(made, RestoreState.CONFIRMED, ENDED[RestoreState.CONFIRMED])


def take_back(made: Restore) -> None:
    """Put the old tables back in service and drop those of the backup. On the platform."""
    with transaction.atomic():
        _expect(made, RestoreState.SWITCHED)
        row = Region.objects.select_for_update().get(pk=made.region_id)
        gone = f"restore_{row.pk}_{made.pk}"
        swapping.exchange(row, new=made.beside, kept=gone)
        swapping.drop(row, gone)
        directory.notify(row.schema_name)
        _end(made, RestoreState.UNDONE, ENDED[RestoreState.UNDONE])
    directory.invalidate(made.region.schema_name)


@transaction.atomic
def give_up(made: Restore) -> None:
    """Drop what was loaded and never put into service. Runs on the platform."""
    _expect(made, RestoreState.LOADED)
    swapping.drop(made.region, made.beside)
    _end(made, RestoreState.DROPPED, ENDED[RestoreState.DROPPED])


def current(region: Region) -> Restore | None:
    """Return the region's open restore, as its cell knows it."""
    found = Restore.objects.filter(region=region, state__in=OPEN).first()
    return learn(found) if found else None


def learn(made: Restore) -> Restore | None:
    """Write down a step that the region's cell has seen and the directory has not.

    Returns:
        ``made``, or None when it turns out to be over.
    """
    seen = swapping.state_of(made)
    if seen == made.state:
        return made
    if seen == RestoreState.SWITCHED:
        _switched(made, swapping.kept_name(made))
        return made
    _end(made, seen, ENDED[seen])
    return None


def _same(known: Restore, path: Path) -> Restore:
    if known.state == RestoreState.LOADED and known.source == path.name:
        return known
    raise RestoreError(
        f"{known.source} is {known.get_state_display()}: confirm it, take it back or give it up"
    )


def _switch(made: Restore) -> None:
    _expect(made, RestoreState.LOADED)
    row = Region.objects.select_for_update().get(pk=made.region_id)
    kept = swapping.kept_name(made)
    swapping.exchange(row, new=made.beside, kept=kept)
    with context.crossing(), context.region_context(selectors.freeze(row)):
        audit.record(action="region.restored", after=_told(made))
    _switched(made, kept)


@transaction.atomic
def _switched(made: Restore, kept: str) -> None:
    made.state, made.beside, made.switched_at = RestoreState.SWITCHED, kept, timezone.now()
    made.save(update_fields=["state", "beside", "switched_at"])
    schema = made.region.schema_name
    audit.record(action="region.restored", target=schema, after=_told(made))
    directory.notify(schema)


def _told(made: Restore) -> dict[str, Any]:
    return {"file": made.source, "rows": made.rows, "missing": made.missing}


def _expect(made: Restore, state: RestoreState) -> None:
    made.refresh_from_db()
    if made.state in OPEN:
        learn(made)
    if made.state != state:
        raise RestoreError(f"{made.source} is {made.get_state_display()}")


@transaction.atomic
def _end(made: Restore, state: str, action: str) -> None:
    made.state, made.ended_at = state, timezone.now()
    made.save(update_fields=["state", "ended_at"])
    audit.record(action=action, target=made.region.schema_name, after={"file": made.source})
