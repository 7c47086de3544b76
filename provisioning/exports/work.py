"""Make the archives that were allowed: claimed by one worker, gone on with by the next."""

import uuid
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from balai import context, secrets
from balai.away import AwayError
from provisioning.cells.staying import MovesError, stays
from provisioning.exports import services
from provisioning.exports.making import Made, Order, make
from provisioning.exports.sealing import key_of
from provisioning.lifecycle import ending
from provisioning.models import Export, ExportState
from tenants import selectors
from tenants.models import Region
from tenants.states import State

log = structlog.get_logger(__name__)
SILENT: Final = timedelta(seconds=90)
"""A worker that was not heard of for so long is taken for dead."""
BEAT: Final = 2.0
TRIES: Final = 5
HEARD: Final = """
    UPDATE provisioning_export SET done = %s, total = %s, beat_at = clock_timestamp()
    WHERE id = %s AND worker = %s
"""


class OvertakenError(Exception):
    """Raised in a worker that was taken for dead: another one goes on with its export."""


class Ticker:
    """Tells, while the export's own transaction is open, how far it is: by another connection."""

    def __init__(self, export: Export) -> None:
        self.export, self.last = export, 0.0
        self.link = connection.copy()

    def __call__(self, done: int, total: int) -> None:
        """Write it down, every other second.

        Raises:
            OvertakenError: when this worker is not the export's any more.
        """
        if monotonic() - self.last < BEAT and done < total:
            return
        self.last = monotonic()
        with context.platform(), self.link.cursor() as cursor:
            cursor.execute(HEARD, [done, total, self.export.pk, self.export.worker])
            if not cursor.rowcount:
                raise OvertakenError(str(self.export.uuid))

    def close(self) -> None:
        """Give the connection back."""
        self.link.close()


def run(reference: uuid.UUID | str) -> bool:
    """Make one export's archive, or go on with it; return whether it is ready. On the platform.

    A region that moves to another cell, or cannot be reached, is come back to.
    """
    owner = Export.objects.filter(_free(), uuid=reference).values_list("region", flat=True).first()
    if owner is None:
        return False
    try:
        with stays(owner) as region:
            export = _claimed(reference)
            return export is not None and _run(export, region)
    except MovesError:
        log.info("export_waits_for_move", export=str(reference))
        return False


def _run(export: Export, region: context.Region) -> bool:
    ticker = Ticker(export)
    try:
        with context.region_context(region):
            phrase = secrets.unseal(bytes(export.phrase), purpose=services.PURPOSE)
        key = key_of(phrase, bytes(export.salt))
        path = services.path_of(export)
        made = make(Order(region, key, bytes(export.salt), path, ticker))
    except OvertakenError:
        log.warning("export_overtaken", export=str(export.uuid))
        return False
    except AwayError:
        log.warning("export_waits_for_cell", export=str(export.uuid), cell=region.cell)
        mine = Export.objects.filter(pk=export.pk, worker=export.worker)
        mine.update(state=ExportState.WAITING, beat_at=None, attempts=F("attempts") - 1)
        return False
    except Exception as error:
        log.exception("export_failed", export=str(export.uuid))
        _failed(export, error)
        return False
    finally:
        ticker.close()
    _finish(export, region, made)
    return True


def waiting() -> list[str]:
    """Return the exports that nobody is working on. Runs on the platform."""
    found = Export.objects.filter(_free()).values_list("uuid", flat=True)
    return [str(item) for item in found]


def order_for_closing() -> list[str]:
    """Order the export of each closing region that has none since its end was set."""
    made = []
    for row in Region.objects.filter(state=State.CLOSING):
        open_ending = ending.current(row.pk)
        if open_ending is None or open_ending.export_offered_at is not None:
            continue
        export = services.ask_by_clock(selectors.freeze(row))
        if export is not None:
            made.append(str(export.uuid))
    return made


def _free() -> Q:
    silent = Q(beat_at=None) | Q(beat_at__lt=timezone.now() - SILENT)
    return Q(state=ExportState.WAITING) | (Q(state=ExportState.RUNNING) & silent)


def _claimed(reference: uuid.UUID | str) -> Export | None:
    me = uuid.uuid4()
    free = Export.objects.filter(_free(), uuid=reference)
    if not free.update(
        state=ExportState.RUNNING, worker=me, error="", beat_at=timezone.now(),
        attempts=F("attempts") + 1,
    ):  # fmt: skip
        return None
    return Export.objects.select_related("region").get(uuid=reference)


def _failed(export: Export, error: Exception) -> None:
    """Let it be tried again, a few times; then somebody has to look."""
    over = export.attempts >= TRIES
    Export.objects.filter(pk=export.pk, worker=export.worker).update(
        state=ExportState.FAILED if over else ExportState.RUNNING,
        error=f"{type(error).__name__}: {error}"[:400],
    )


def _finish(export: Export, region: context.Region, made: Made) -> None:
    now = timezone.now()
    with transaction.atomic():
        changed = Export.objects.filter(pk=export.pk, worker=export.worker).update(
            state=ExportState.READY, finished_at=now, expires_at=now + services.KEPT,
            bytes=made.size, sha256=made.sha256, rows=made.rows, files=made.files,
        )  # fmt: skip
        if changed:
            ending.offer_export(region.id, now=now)
            with context.crossing(), context.region_context(region):
                services.told_ready(export)
