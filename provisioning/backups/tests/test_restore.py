"""One region goes back to its backup while another writes; whatever dies, none is half (D-07)."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import override_settings

from balai import audit, context, secrets
from balai.accounts.models import User
from balai.context import platform
from modules.jobs.models import Card
from provisioning.backups import copying, drill, keeping, loading, making, restoring
from provisioning.backups.box import Unreadable
from provisioning.backups.loading import RestoreError
from provisioning.backups.tables import copy_out, tables
from provisioning.backups.tests.dying import die, killed
from provisioning.exports.tests.conftest import Full
from provisioning.exports.tests.filling import PHOTO
from provisioning.models import Backup, BackupCause, Restore, RestoreState
from tenants import directory, selectors
from tenants.backend.migrating import migrating
from tenants.models import Region

LATER = "came after the backup"


@pytest.fixture(autouse=True)
def room(full: Full) -> Iterator[None]:
    """Keep backups beside the test, and work for the platform."""
    with override_settings(BACKUP_ROOT=full.folder / "backups"), platform():
        yield


def row_of(full: Full, which: str = "region") -> Region:
    return Region.objects.get(pk=getattr(full, which).id)


def contents(region: context.Region) -> dict[str, str]:
    """Return a hash of every table, but for what a restore itself writes down."""
    with migrating(region), transaction.atomic(), connection.cursor() as cursor:
        return {
            table["table"]: copy_out(cursor, table, None)["sha256"]
            for table in tables(cursor, region.schema)
            if table["table"] not in {"audit_entry", "outbox_event"}
        }


def change(full: Full) -> None:
    with context.region_context(full.region):
        User.objects.create_user(email="later@contoh.test", name=LATER)
        Card.objects.all().delete()


def changed(full: Full) -> bool:
    with context.region_context(full.region):
        return User.objects.filter(name=LATER).exists()


@pytest.fixture(scope="module")
def backup(full: Full) -> Backup:
    with override_settings(BACKUP_ROOT=full.folder / "backups"), platform():
        return making.back_up(row_of(full), cause=BackupCause.HAND)


class Writer(threading.Thread):
    """Another city's clerk: writes all the time, by a connection of its own, and notes delays."""

    def __init__(self, schema: str) -> None:
        super().__init__()
        given = settings.DATABASES["default"]
        self.schema, self.stop, self.rows, self.longest = schema, threading.Event(), 0, 0.0
        self.link = psycopg2.connect(
            dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"],
            host=given["HOST"], port=given["PORT"],
        )  # fmt: skip
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with self.link.cursor() as cursor:
                while not self.stop.is_set():
                    began = time.monotonic()
                    cursor.execute(
                        f"INSERT INTO {self.schema}.specimen_note (uuid, text, echoes, written_at)"
                        " VALUES (gen_random_uuid(), 'busy', 0, now())"
                    )
                    self.link.commit()
                    self.longest = max(self.longest, time.monotonic() - began)
                    self.rows += 1
        except psycopg2.Error as error:
            self.error = error
        finally:
            self.link.close()


def test_a_backup_is_encrypted_and_knows_when_it_was_touched(full: Full, backup: Backup) -> None:
    path = making.path_of(backup)
    content = path.read_bytes()
    assert b"tangerangkota.go.id" not in content
    assert path.stat().st_mode & 0o077 == 0
    key, other = making.key(full.region), making.key(full.neighbour)
    assert key != other
    spoilt = full.folder / "spoilt.balai"
    for harm in (content[:-40], content[:9000] + b"\0" + content[9001:], content + b"more"):
        spoilt.write_bytes(harm)
        with pytest.raises((Unreadable, RestoreError)), transaction.atomic():
            loading.load(spoilt, key, "spoilt")
    with pytest.raises(Unreadable), transaction.atomic():
        loading.load(path, other, "spoilt")


def test_a_region_goes_back_while_another_one_writes(full: Full, backup: Backup) -> None:
    before, path = contents(full.region), making.path_of(backup)
    change(full)
    assert contents(full.region) != before
    writer = Writer(full.neighbour.schema)
    writer.start()
    try:
        made = restoring.beside(row_of(full), path, by="operator")
        assert changed(full), "until the switch the region goes on as it was"
        assert restoring.upgrade(made) == 0
        restoring.switch(made)
    finally:
        writer.stop.set()
        writer.join()
    assert writer.error is None
    assert writer.rows > 20
    assert writer.longest < 1.0
    assert made.state == RestoreState.SWITCHED
    assert contents(full.region) == before
    with context.region_context(full.region):
        card = Card.objects.get()
        assert secrets.unseal(card.nik, purpose="jobs.nik").endswith(" nik")
        assert audit.verify() is None
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute("DELETE FROM audit_entry")
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM {made.beside}.accounts_user")
        User.objects.create_user(email="new@contoh.test")  # sequences go on behind the rows
    with pytest.raises(RestoreError):
        restoring.beside(row_of(full), path, by="operator")
    restoring.take_back(made)
    assert changed(full), "taken back: the tables of before the restore are in service again"
    restoring.switch(restoring.beside(row_of(full), path, by="operator"))
    restoring.confirm(restoring.current(row_of(full)))
    assert not changed(full)


@pytest.mark.parametrize("moment", ["loading", "loaded", "switching", "switched", "confirming"])
def test_d07_killed_at_any_step_the_old_or_the_new_is_in_service(
    full: Full, backup: Backup, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(full)
    path = making.path_of(backup)

    def work() -> None:
        where = {
            "loading": (restoring.loading, "missing_files"),
            "loaded": (restoring, "upgrade"),
            "switching": (restoring.directory, "notify"),
            "switched": (restoring, "confirm"),
            "confirming": (restoring, "_end"),
        }
        setattr(*where[moment], die)
        made = restoring.beside(row_of(full), path, by="operator")
        restoring.upgrade(made)
        restoring.switch(made)
        restoring.confirm(made)

    assert killed(work)
    directory.invalidate()
    made = restoring.current(row_of(full))
    new = moment in {"switched", "confirming"}
    assert changed(full) is not new
    assert (made.state if made else None) == {
        "loading": None, "loaded": RestoreState.LOADED, "switching": RestoreState.LOADED,
        "switched": RestoreState.SWITCHED, "confirming": RestoreState.SWITCHED,
    }[moment]  # fmt: skip
    made = made or restoring.beside(row_of(full), path, by="operator")
    if made.state == RestoreState.LOADED:
        again = restoring.beside(row_of(full), path, by="operator")
        assert again.pk == made.pk, "the same command goes on"
        restoring.switch(made)
    assert not changed(full)
    restoring.confirm(made)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname ~ '^(restore|kept|drill|spoilt)_'"
        )
        assert cursor.fetchall() == []


def test_the_drill_finds_what_would_not_come_back(full: Full, backup: Backup) -> None:
    making.back_up(row_of(full, "neighbour"), cause=BackupCause.SCHEDULE)
    with context.region_context(full.region):
        default_storage.delete(PHOTO)
    trials = {trial.slug: trial for trial in drill.drill()}
    assert trials["purworejo"].trouble == ""
    assert trials["tangerang"].trouble == ""
    assert trials["tangerang"].tables > 80
    assert trials["tangerang"].missing == 1, "the photo that is gone since"
    assert trials["tangerang"].rows == backup.rows
    path = making.path_of(backup)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut" in drill.try_out(row_of(full)).trouble
    path.write_bytes(whole)
    backup.refresh_from_db()
    assert backup.trouble


def test_a_copy_opens_elsewhere_and_reads_what_was_sealed(full: Full, backup: Backup) -> None:
    path = making.path_of(backup)
    with pytest.raises(RestoreError, match="--code"):
        copying.copy(path, slug="salinan", code=full.region.code, by="operator")
    made = copying.copy(path, slug="salinan", code="31.72", by="operator")
    copy = selectors.region_by_schema(made.schema_name)
    assert copy is not None and copy.state == "sandbox"
    with context.region_context(copy):
        assert secrets.unseal(Card.objects.get().nik, purpose="jobs.nik").endswith(" nik")
    with context.region_context(full.region):
        assert Card.objects.exists()


def test_old_backups_go_and_the_last_ones_stay(full: Full, backup: Backup) -> None:
    row = row_of(full, "neighbour")
    Backup.objects.filter(region=row).delete()
    assert [region.pk for region in keeping.due()].count(row.pk) == 1
    made, failed = keeping.back_up_due()
    assert (failed, row.pk in {region.pk for region in keeping.due()}) == ([], False)
    assert made >= 1
    for _ in range(4):
        making.back_up(row, cause=BackupCause.SCHEDULE)
    Backup.objects.filter(region=row).update(made_at="2026-01-01T00:00Z")
    assert keeping.tidy(row) == 2
    folder: Path = settings.BACKUP_ROOT / row.schema_name
    kept = {Path(backup.place).name for backup in Backup.objects.filter(region=row)}
    assert len(kept & {path.name for path in folder.iterdir()}) == keeping.ALWAYS
    assert not Restore.objects.filter(region=row).exists()
