"""The states of a move, each step committing with its note in the journal (ADR 0010).

The directory's row alone says where the region is, and it changes in one transaction. Before
that only the source can be written to, and after ``PAUSED`` not even that; the target's copy is
complete or absent, because it is one transaction too. So at every moment there is one cell.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from time import sleep
from typing import Final

import psycopg2
import structlog
from django.db import DatabaseError, transaction
from django.utils import timezone

from balai import audit
from balai.away import AwayError
from balai.context import platform
from provisioning.cells import survey
from provisioning.cells.moving import copying, fence
from provisioning.cells.moving.desk import (
    BusyError,
    Desk,
    MoveError,
    Tell,
    alone,
    connection,
    desk_for,
)
from provisioning.fleet.apply import LOCK as FLEET_LOCK
from provisioning.models import Release, Restore
from provisioning.models.move import BEFORE_SWITCH, NEXT, UNDER_WAY, MoveState, RegionMove
from tenants import cells, roles, selectors
from tenants.models import Cell, Region
from tenants.states import State

log = structlog.get_logger(__name__)
KEPT_FOR: Final = timedelta(days=7)
GRACE_SECONDS: Final = 2.0


def move(slug: str, cell: str, tell: Tell = lambda _: None) -> RegionMove:
    """Bring a region to ``cell``; a move that was killed goes on from where it stands.

    Its writes are paused from ``PAUSED`` to ``SWITCHED``. When a step fails before the switch,
    everything is taken back and the region's writes go on at once.

    Raises:
        MoveError: when it cannot begin, or was taken back.
    """
    with platform():
        region = _find(slug)
        with alone(region.pk):
            row = _open_move(region.pk) or _begin(region, cell)
            if row.target != cell:
                raise MoveError(f"{slug} is on its way to {row.target}; finish or undo that first")
            return _go_on(row, tell)


def undo(slug: str, tell: Tell = lambda _: None) -> RegionMove:
    """Take back a move that has not switched yet. Raises MoveError when there is none."""
    with platform():
        region = _find(slug)
        with alone(region.pk):
            row = _open_move(region.pk)
            if row is None or row.state not in BEFORE_SWITCH | {MoveState.UNDOING}:
                raise MoveError(f"{slug} has no move that can be taken back")
            return _take_back(row, row.error or "taken back by hand", tell)


def finish(slug: str) -> list[RegionMove]:
    """Drop the old copies that a region's moves have kept; return those moves."""
    with platform():
        return drop_kept(_find(slug).pk)


def drop_kept(region_id: int) -> list[RegionMove]:
    """Drop the old copies that the moves of a region, also of a closed one, have kept."""
    with platform(), alone(region_id):
        rows = list(RegionMove.objects.filter(region=region_id, state=MoveState.KEPT))
        return [_drop_old(row) for row in rows]


def sweep() -> list[RegionMove]:
    """Undo moves that nobody is at work on, go on with those that switched; drop old copies.

    A killed move must not leave a city without its forms until somebody notices.
    """
    done = []
    with platform():
        old = timezone.now() - KEPT_FOR
        rows = RegionMove.objects.filter(state__in=UNDER_WAY) | RegionMove.objects.filter(
            state=MoveState.KEPT, finished_at__lt=old
        )
        for row in list(rows):
            with suppress(BusyError, MoveError, AwayError), alone(row.region_id):
                row.refresh_from_db()
                if row.state in BEFORE_SWITCH or row.state == MoveState.UNDOING:
                    done.append(_take_back(row, row.error or "the process that moved it ended"))
                elif row.state == MoveState.SWITCHED:
                    done.append(_go_on(row))
                elif row.state == MoveState.KEPT:
                    done.append(_drop_old(row))
    return done


def _go_on(row: RegionMove, tell: Tell = lambda _: None) -> RegionMove:
    try:
        with desk_for(row, tell) as desk:
            if row.state == MoveState.UNDOING:
                return _take_back(row, row.error, tell)
            while row.state in STEPS:
                STEPS[row.state](row, desk)
    except (psycopg2.Error, DatabaseError, copying.CopyError, fence.WritersError) as error:
        row.refresh_from_db()
        if row.state not in BEFORE_SWITCH:
            raise MoveError(f"Moved; the old copy is still to be put aside: {error}") from error
        _take_back(row, str(error).strip() or type(error).__name__, tell)
        raise MoveError(f"Taken back, the region stays in {row.source}: {row.error}") from error
    return row


def _pause(row: RegionMove, desk: Desk) -> None:
    _prepare(row, desk)
    now = timezone.now()
    with transaction.atomic():
        region = Region.objects.select_for_update().get(pk=row.region_id)
        region.moving_since = now
        region.save(update_fields=["moving_since"])
        row.paused_at = now
        _to(row, MoveState.PAUSED)
    desk.tell("writes paused")


def _prepare(row: RegionMove, desk: Desk) -> Release:
    """Have the target's tables made, in a transaction that the copy will end. Nothing is paused."""
    if desk.made_of is None:
        with desk.source.cursor() as cursor:  # no upgrade changes the structure meanwhile
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [FLEET_LOCK, row.region_id % 2**31])
        desk.made_of = copying.prepare(desk.source, desk.target, _errand(row, desk))
        desk.tell("tables made")
    return desk.made_of


def _copy(row: RegionMove, desk: Desk) -> None:
    made_of = _prepare(row, desk)
    fence.raise_fence(desk.source, row.schema, row.old_role)
    desk.tell("nothing writes any more")
    row.tables = copying.copy(
        desk.source, desk.target, _errand(row, desk), made_of,
        lambda table, rows: desk.tell(f"{table}: {rows} rows"),
    )  # fmt: skip
    _to(row, MoveState.COPIED)
    desk.tell(f"{row.rows} rows in {len(row.tables)} tables copied and verified")


def _switch(row: RegionMove, desk: Desk) -> None:
    with transaction.atomic():
        region = Region.objects.select_for_update().get(pk=row.region_id)
        region.cell_id, region.role, region.moving_since = row.target, row.new_role, None
        region.save(update_fields=["cell", "role", "moving_since"])
        row.resumed_at = timezone.now()
        _to(row, MoveState.SWITCHED)
        audit.record(
            action="region.moved", target=row.schema,
            before={"cell": row.source}, after={"cell": row.target, "rows": row.rows},
        )  # fmt: skip
    desk.tell(f"switched to {row.target}; writes were paused for {row.pause_ms} ms")


def _put_aside(row: RegionMove, desk: Desk) -> None:
    with desk.target.cursor() as cursor:
        cursor.execute(f'COMMENT ON SCHEMA "{row.schema}" IS NULL')
        for table in row.tables:
            cursor.execute(f'ANALYZE "{row.schema}"."{table}"')
    sleep(GRACE_SECONDS)  # who has not heard of the switch still reads the old copy
    fence.put_aside(desk.source, row.schema, row.kept_schema, row.old_role)
    row.finished_at = timezone.now()
    _to(row, MoveState.KEPT)
    desk.tell(f"the old copy is kept in {row.source} as {row.kept_schema}")


STEPS: Final[dict[str, Callable[[RegionMove, Desk], None]]] = {
    MoveState.PLANNED: _pause,
    MoveState.PAUSED: _copy,
    MoveState.COPIED: _switch,
    MoveState.SWITCHED: _put_aside,
}


def _take_back(row: RegionMove, why: str, tell: Tell = lambda _: None) -> RegionMove:
    """Let the source be written to again, then drop what lies in the target."""
    row.error = why
    if row.state != MoveState.UNDOING:
        _to(row, MoveState.UNDOING)
    with connection(row.source) as source:
        fence.lower_fence(source, row.schema, row.old_role)
    with transaction.atomic():
        region = Region.objects.select_for_update().get(pk=row.region_id)
        region.moving_since = None
        region.save(update_fields=["moving_since"])
        row.resumed_at = row.resumed_at or timezone.now()
        row.save(update_fields=["resumed_at", "error"])
    tell("writes go on")
    with suppress(psycopg2.Error, AwayError), connection(row.target) as target:
        with suppress(copying.CopyError):  # what is there is not ours
            copying.drop_copy(target, _errand(row, Desk(None, target, tell)))
        row.finished_at = timezone.now()
        _to(row, MoveState.UNDONE)
    return row


def _drop_old(row: RegionMove) -> RegionMove:
    with connection(row.source) as source, source.cursor() as cursor:
        cursor.execute(roles.drop_sql(row.kept_schema, row.old_role))
    row.finished_at = timezone.now()
    _to(row, MoveState.FINISHED)
    return row


def _begin(region: Region, cell: str) -> RegionMove:
    row = Cell.objects.filter(name=cell).first()
    if row is None:
        raise MoveError(f"There is no cell called {cell}.")
    if region.cell_id == cell:
        raise MoveError(f"{region.slug} lives in {cell} already.")
    if region.state in {State.REQUESTED, State.BUILDING, State.CLOSED}:
        raise MoveError(f"{region.slug} is {region.state}: only an open region moves.")
    held = Restore.objects.filter(region=region, ended_at=None).first()
    if held is not None:  # its tables lie beside the region's, in the cell that it would leave
        raise MoveError(f"{held.source} is being restored: confirm it, take it back or give it up")
    if RegionMove.objects.filter(region=region, state=MoveState.KEPT, source=cell).exists():
        raise MoveError(f"An old copy is kept in {cell}: balai region move {region.slug} --finish")
    _look_at_target(region, cell)
    return RegionMove.objects.create(
        region=region, source=region.cell_id, target=cell, schema=region.schema_name,
        old_role=region.role, new_role=roles.role_name(cells.database(cell), region.schema_name),
    )  # fmt: skip


def _look_at_target(region: Region, cell: str) -> None:
    """Raise MoveError for what would end the move anyway, before anything is paused."""
    try:
        if region.schema_name in survey.schemas(cell):
            raise MoveError(f"{cell} holds another schema called {region.schema_name} already.")
        version = {name: survey.facts(name).version // 10000 for name in (cell, region.cell_id)}
    except AwayError as error:
        raise MoveError(f"A cell cannot be reached: {error}") from error
    if len(set(version.values())) > 1:
        raise MoveError(f"The cells' PostgreSQL versions differ: {version}")


def _to(row: RegionMove, state: MoveState) -> None:
    """Write down the next state; refuses what the table of states does not allow."""
    if state not in NEXT[row.state]:
        raise MoveError(f"a move that is {row.state} cannot become {state}")
    if not RegionMove.objects.filter(pk=row.pk, state=row.state).exists():
        raise BusyError("somebody else has gone on with this move")
    row.state = state
    row.save()


def _find(slug: str) -> Region:
    region = selectors.row_called(slug)
    if region is None:
        raise MoveError(f"There is no region called {slug}.")
    return region


def _open_move(region_id: int) -> RegionMove | None:
    return RegionMove.objects.filter(region_id=region_id, state__in=UNDER_WAY).first()


def _errand(row: RegionMove, desk: Desk) -> copying.Errand:
    login = desk.target.info.user
    return copying.Errand(row.schema, row.new_role, login, f"{copying.MARK}{row.pk}")
