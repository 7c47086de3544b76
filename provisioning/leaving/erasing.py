"""Erase a closed region: its key first, then everything that it would have opened."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import structlog
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from balai import audit, context
from provisioning.backups import making, swapping
from provisioning.backups.tables import tables
from provisioning.cells import moving
from provisioning.exports import media, services as exports, signature
from provisioning.models import Backup, Erasure, Export, LegalBasis
from tenants import cells, roles, selectors
from tenants.backend.migrating import migrating
from tenants.models import Region, RegionKey
from tenants.states import State

log = structlog.get_logger(__name__)
STATED: Final = ("name", "code", "address", "rows", "tables", "files", "bytes", "backups",
                 "exports", "export_sha256", "asked_by", "confirmed_by")  # fmt: skip


def due(now: datetime | None = None) -> list[Erasure]:
    """Return the erasures whose hold is over. Runs on the platform."""
    waiting = Erasure.objects.filter(finished_at=None, due_at__lte=now or timezone.now())
    return list(waiting.select_related("region"))


def erase(erasure: Erasure) -> Erasure:
    """Do what is left of the steps; each is written down when it is done. On the platform.

    A process that dies is followed by one that goes on: the key is gone for good from the first
    step on, and without it neither sealed values nor backups can be read.

    Raises:
        ValueError: before the hold is over, or for a region that is not closed.
    """
    if erasure.due_at > timezone.now() or erasure.region.state != State.CLOSED:
        raise ValueError(f"{erasure.schema} is not to be erased yet")
    if not erasure.key_erased_at:
        _key(erasure)
    if not erasure.dropped_at:
        _schema(erasure)
    if not erasure.media_erased_at:
        _files(erasure)
    if not erasure.finished_at:
        _finish(erasure)
    return erasure


def digest(erasure: Erasure) -> str:
    """Return the SHA-256 of what the certificate states."""
    return hashlib.sha256(statement(erasure)).hexdigest()


def statement(erasure: Erasure) -> bytes:
    """Return what the certificate states, in one form, for its checksum and signature."""
    told: dict[str, Any] = {name: erasure.facts.get(name, "") for name in STATED}
    for name in ("closed_at", "key_erased_at", "dropped_at", "media_erased_at"):
        moment = getattr(erasure, name)
        told[name] = moment.isoformat(timespec="seconds") if moment else ""
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()


def _key(erasure: Erasure) -> None:
    counts = _counts(erasure, erasure.region)  # nobody changes a region that is closed
    with transaction.atomic():
        row = Region.objects.select_for_update().get(pk=erasure.region_id)
        erasure.facts |= counts
        RegionKey.objects.filter(region=row).delete()
        Export.objects.filter(region=row).update(phrase=b"")
        _done(erasure, "key_erased_at", "facts")
        audit.record(action="region.key_erased", target=erasure.schema)


def _schema(erasure: Erasure) -> None:
    """Drop it in its cell, with what restores and moves left anywhere; then write that down."""
    row = erasure.region
    moving.drop_kept(row.pk)
    swapping.clear(row)
    with cells.caretaker(row.cell_id), connection.cursor() as cursor:
        cursor.execute(roles.drop_sql(row.schema_name, row.role))
    with transaction.atomic():
        _done(erasure, "dropped_at")
        audit.record(action="region.dropped", target=erasure.schema)


def _files(erasure: Erasure) -> None:
    """Delete media, backups, archives and papers; nothing of it could be read any more."""
    row = erasure.region
    if Region.objects.filter(schema_name=erasure.schema).exists():
        raise ValueError(f"{erasure.schema} is another region's by now")
    with context.region_context(_as_it_was(erasure)):
        for name in [*media.names(), *_imports()]:
            default_storage.delete(name)
    if not settings.S3_BUCKET:
        shutil.rmtree(settings.MEDIA_ROOT / erasure.schema, ignore_errors=True)
    for backup in Backup.objects.filter(region=row):
        making.path_of(backup).unlink(missing_ok=True)
        backup.delete()
    shutil.rmtree(settings.BACKUP_ROOT / erasure.schema, ignore_errors=True)
    for export in Export.objects.filter(region=row):
        exports.path_of(export).unlink(missing_ok=True)
        exports.path_of(export).with_suffix(".journal").unlink(missing_ok=True)
    for paper in LegalBasis.objects.filter(region=row):
        paper.document.delete(save=False)
        paper.delete()
    _done(erasure, "media_erased_at")


def _finish(erasure: Erasure) -> None:
    with transaction.atomic():
        signed = signature.sign(statement(erasure)).hex()
        erasure.facts |= {"sha256": digest(erasure), "signature": signed,
                          "signer": signature.fingerprint(signature.public_key())}  # fmt: skip
        _done(erasure, "finished_at", "facts")
        audit.record(action="region.erased", target=erasure.schema,
                     after={"sha256": erasure.facts["sha256"]})  # fmt: skip


def _counts(erasure: Erasure, row: Region) -> dict[str, Any]:
    with migrating(selectors.freeze(row)), connection.cursor() as cursor:
        found = tables(cursor, row.schema_name)
        rows = 0
        for table in found:
            cursor.execute(f'SELECT count(*) FROM "{table["table"]}"')  # noqa: S608  # names from the catalog
            rows += cursor.fetchone()[0]
    with context.region_context(_as_it_was(erasure)):
        sizes = [media.size(name) for name in media.names()]
    return {
        "tables": len(found), "rows": rows, "files": len(sizes), "bytes": sum(sizes),
        "backups": Backup.objects.filter(region=row).count(),
        "exports": Export.objects.filter(region=row).exclude(finished_at=None).count(),
    }  # fmt: skip


def _as_it_was(erasure: Erasure) -> context.Region:
    """Return the region under the name that its files still have."""
    return replace(selectors.freeze(erasure.region), schema=erasure.schema)


def _imports() -> list[str]:
    return [name for folder in media.STAYS for name in media.below(f"{folder}/")]


def _done(erasure: Erasure, step: str, *also: str) -> None:
    setattr(erasure, step, timezone.now())
    erasure.error = ""
    erasure.save(update_fields=[step, "error", *also])
