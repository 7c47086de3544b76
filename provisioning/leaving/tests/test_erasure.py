"""The way out: closed, held for 90 days, its key destroyed, everything gone, certified."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import timezone

from balai import context, secrets
from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.context import platform
from modules.jobs.models import Card
from provisioning.backups import loading, making
from provisioning.backups.box import Unreadable
from provisioning.backups.tests.dying import die, killed
from provisioning.exports import reading, services, work
from provisioning.exports.parts import parts
from provisioning.exports.tests.conftest import Full
from provisioning.leaving import erasing, holding, tasks
from provisioning.lifecycle import clock, ending
from provisioning.models import Backup, BackupCause, Erasure, Export, ExportState
from tenants import directory, selectors
from tenants.models import Region, RegionKey, RetiredName
from tenants.states import State

LATER = timedelta(days=31)


@pytest.fixture(autouse=True)
def room(full: Full) -> Iterator[None]:
    places = {"BACKUP_ROOT": full.folder / "backups", "EXPORT_ROOT": full.folder / "exports"}
    with override_settings(**places):
        yield


@pytest.fixture(scope="module")
def admins(full: Full) -> tuple[User, User]:
    with context.region_context(full.region):
        one = User.objects.get(email="admin@tangerangkota.go.id")
        two = User.objects.create_user(email="dua@tangerangkota.go.id", name="Admin Dua")
        grant_role(user=two, role="admin")
        return one, two


def now_of(full: Full) -> context.Region:
    with platform():
        return selectors.freeze(Region.objects.get(pk=full.region.id))


def test_a_killed_worker_s_export_goes_on_and_is_whole(full: Full, admins) -> None:
    one, two = admins
    with context.region_context(full.region):
        export = services.decide(services.ask(by=one), by=two, allow=True)
    whole = work.make

    def dies_between_files() -> None:
        seen: list[int] = []

        def ticked(order):
            def tell(done: int, total: int) -> None:
                order.tell(done, total)
                seen.append(done)
                if len(seen) > len(parts()):
                    die()

            return whole(type(order)(order.region, order.key, order.salt, order.path, tell))

        work.make = ticked
        with platform():
            work.run(export.uuid)

    assert killed(dies_between_files)
    with platform():
        export.refresh_from_db()
        assert (export.state, work.waiting()) == (ExportState.RUNNING, []), "it may be alive still"
        assert services.path_of(export).with_suffix(".journal").exists()
        Export.objects.update(beat_at=timezone.now() - work.SILENT * 2)
        assert work.waiting() == [str(export.uuid)]
        assert work.run(export.uuid)
        assert not work.run(export.uuid), "made once"
        export.refresh_from_db()
    assert (export.state, export.attempts, export.done) == (ExportState.READY, 2, export.total)
    archive = reading.open_archive(services.path_of(export))
    reading.check_files(archive)
    assert export.files == 1
    with context.region_context(full.region):
        words = services.reveal(export, by=one)
        services.downloaded(export, by=one)
        services.accept(export, by=one)
    reading.unlock(archive, words)


def test_closed_held_and_erased_with_a_certificate(full: Full, admins) -> None:
    one, two = admins
    with context.region_context(full.region):
        ending.ask(by=one, reason="Pindah ke sistem provinsi")
        ending.confirm(by=two)
    with platform():
        backup = making.back_up(Region.objects.get(pk=full.region.id), cause=BackupCause.HAND)
        blob, key = making.path_of(backup).read_bytes(), bytes(now_of(full).wrapped_key)
        assert work.order_for_closing(), "who is closing is offered its data"
        [uuid] = work.waiting()
        assert work.run(uuid)
        clock.turn(timezone.now() + LATER)
        assert Region.objects.get(pk=full.region.id).state == State.CLOSED
        assert holding.begin_due() == [], "the last mails go out first"
        [erasure] = holding.begin_due(timezone.now() + timedelta(hours=2))
    held = now_of(full)
    assert held.schema == f"closed_{held.id}"
    assert sorted(address for letter in mail.outbox[-2:] for address in letter.to) == [
        "admin@tangerangkota.go.id", "dua@tangerangkota.go.id"]  # fmt: skip
    with platform():
        assert RetiredName.objects.filter(name="tangerang").exists()
    with context.region_context(held):
        assert secrets.unseal(Card.objects.get().nik, purpose="jobs.nik"), "held, not yet erased"
    page = f"/erased/{erasure.uuid}/"
    visitor = Client(headers={"host": settings.APEX_HOST})
    assert erasure.due_at - erasure.closed_at == holding.HOLD
    assert visitor.get(page).status_code == 200
    assert visitor.get(f"{page}certificate.pdf").status_code == 404
    with platform():
        assert erasing.due() == []
        with pytest.raises(ValueError, match="not to be erased yet"):
            erasing.erase(erasure)
        Erasure.objects.update(due_at=timezone.now())

    def dies_after_the_key() -> None:
        erasing._schema = die
        with platform():
            tasks.hold_and_erase.run()

    assert killed(dies_after_the_key)
    with platform():
        erasure.refresh_from_db()
        assert erasure.key_erased_at and not erasure.dropped_at
        assert not RegionKey.objects.filter(region_id=held.id).exists()
    with context.region_context(now_of(full)), pytest.raises(secrets.NotReadable):
        secrets.unseal(Card.objects.get().nik, purpose="jobs.nik")
    kept = full.folder / "copy-elsewhere.balai"
    kept.write_bytes(blob)
    with platform(), pytest.raises(Unreadable), transaction.atomic():
        loading.load(kept, making.key(now_of(full)), "from_elsewhere")
    assert key, "there was one"

    with platform():
        tasks.hold_and_erase.run()
        erasure.refresh_from_db()
        assert erasure.finished_at, erasure.error
        assert erasing.due() == []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname IN (%s, %s)),"
                " (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%s))",
                [held.schema, erasure.schema, [held.role, erasure.role]],
            )
            assert cursor.fetchone() == (0, 0)
        assert not Backup.objects.filter(region_id=held.id).exists()
        row = Region.objects.get(pk=held.id)
    assert (row.state, row.slug) == (State.CLOSED, "tangerang")
    assert not (settings.MEDIA_ROOT / erasure.schema).exists()
    assert not any((full.folder / "exports").rglob("*.zip"))
    assert erasure.facts["rows"] > 100
    assert erasure.facts["files"] == 1
    text = visitor.get(page).content.decode()
    assert erasure.facts["sha256"] == erasing.digest(erasure)
    assert erasure.facts["sha256"] in text
    pdf = visitor.get(f"{page}certificate.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert directory.by_schema("r_tangerang") is None
    with context.region_context(full.neighbour):
        assert User.objects.exists()
