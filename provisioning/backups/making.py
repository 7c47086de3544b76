"""Write a region's backup: every table in one snapshot, beside a list of its files."""

import gzip
import hashlib
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from balai import audit, context, secrets
from balai.modules import registry
from provisioning.backups.box import BoxWriter
from provisioning.backups.tables import copy_out, tables
from provisioning.cells.staying import stays
from provisioning.exports import describing, media, snapshot
from provisioning.models import Backup, BackupCause
from provisioning.release import fingerprint
from tenants import cells
from tenants.backend.migrating import migrating
from tenants.models import Region

PURPOSE: Final = "backups"
FORMAT: Final = 1
LEVEL: Final = 6  # of gzip
ENDING: Final = ".balai"


def back_up(region: Region, *, cause: BackupCause) -> Backup:
    """Write one file of everything in the region's tables, and remember it. On the platform.

    It does not begin while the region moves to another cell, and no move begins meanwhile.

    The region goes on: all rows are of one moment. A process that dies leaves a file with a
    dot before its name and no row; the next one sweeps it.

    Raises:
        MovesError: while the region moves.
    """
    with stays(region.pk) as here:
        return _back_up(here, cause)


def _back_up(here: context.Region, cause: BackupCause) -> Backup:
    began = time.monotonic()
    moment = timezone.now()
    folder = settings.BACKUP_ROOT / here.schema
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{moment:%Y%m%dT%H%M%S%f}Z{ENDING}"
    head = _head(here, moment.isoformat())
    with _written(folder, name) as file:
        told = _write(here, file, head)
    path = folder / name
    with path.open("rb") as done:
        digest = hashlib.file_digest(done, "sha256").hexdigest()
    with transaction.atomic():
        kept = Backup.objects.create(
            region_id=here.id, cause=cause, made_at=moment, place=f"{here.schema}/{name}",
            fingerprint=head["fingerprint"], bytes=path.stat().st_size, sha256=digest,
            rows=sum(table["rows"] for table in told["tables"]),
            seconds=round(time.monotonic() - began, 3),
        )  # fmt: skip
        if cause != BackupCause.SCHEDULE:
            audit.record(action="region.backed_up", target=here.schema, after={"rows": kept.rows})
    return kept


def path_of(backup: Backup) -> Path:
    """Return where a backup's file lies."""
    return settings.BACKUP_ROOT / backup.place


def key(region: context.Region) -> bytes:
    """Return the key of the region's backups: made of its own key, and gone with it."""
    with context.region_context(region):
        return secrets.derived(PURPOSE, use="box")


def _head(region: context.Region, moment: str) -> dict[str, Any]:
    with cells.caretaker(region.cell), transaction.atomic(), connection.cursor() as cursor:
        seen = fingerprint.of_one(cursor, region.schema)
        cursor.execute("SHOW server_version")
        [version] = cursor.fetchone()
    return {
        "format": FORMAT, "slug": region.slug, "schema": region.schema, "code": region.code,
        "name": region.name, "made_at": moment, "fingerprint": seen, "server": version,
        "modules": [module.slug for module in registry.installed()],
    }  # fmt: skip


def _write(region: context.Region, file: IO[bytes], head: dict[str, Any]) -> dict[str, Any]:
    with context.region_context(region):
        files = [[name, media.size(name)] for name in media.names()]
        about = describing.region()
    box = BoxWriter(file, key(region), json.dumps(head, sort_keys=True).encode())
    packed = gzip.GzipFile("", "wb", LEVEL, cast(IO[bytes], box), mtime=0)
    with packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        with snapshot.snapshot(_owner(region)) as cursor:
            found = tables(cursor, region.schema)
            for table in found:
                with tempfile.TemporaryFile() as kept:
                    table |= copy_out(cursor, table, kept)
                    size = kept.tell()
                    kept.seek(0)
                    _add(tar, f"tables/{table['table']}", kept, size)
            end = {"tables": found, "sequences": snapshot.sequences(cursor, region.schema),
                   "media": files, "region": about}  # fmt: skip
        content = json.dumps(end).encode()
        _add(tar, "end.json", BytesIO(content), len(content))
    box.close()
    return end


def _owner(region: context.Region) -> context.Region:
    """Return the region as its tables' owner sees it: all of them, secrets included."""
    with migrating(region) as owner:
        return owner


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    tar.addfile(info, content)


@contextmanager
def _written(folder: Path, name: str) -> Iterator[IO[bytes]]:
    """Yield a file that has its name only once it is whole and on the disk."""
    beginning = folder / f".{name}"
    try:
        with beginning.open("wb") as file:
            beginning.chmod(0o600)
            yield file
        beginning.rename(folder / name)
    except BaseException:
        beginning.unlink(missing_ok=True)
        raise
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
