"""What was built beside the cells, for a region in another one: whole when killed, calm when down.

Kota Ternate lives in timur; in barat nothing answers.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.test import override_settings
from django.utils import timezone
from typer.testing import CliRunner

from balai import audit, secrets
from balai.accounts.models import User
from balai.accounts.services import grant_role
from balai.audit.models import Entry as Line
from balai.context import MAIN_CELL, Region as Frozen, region_context
from balai.doctor.finding import Level
from balai.health import startup
from balai.notify.models import Message
from balai.privacy.cli import app as privacy
from balai.signon.roaming import Pass, publish
from provisioning import doctor
from provisioning.backups import copying, drill, keeping, making, restoring
from provisioning.backups.loading import RestoreError
from provisioning.backups.tests.dying import die, killed
from provisioning.billing.usage import usage
from provisioning.cells import keeping as cell_keeping, moving, survey
from provisioning.cells.moving import desk
from provisioning.cells.staying import MovesError
from provisioning.exports import reading, services as exports, taking, work
from provisioning.exports.sealing import new_salt
from provisioning.exports.tests.conftest import look_again
from provisioning.leaving import erasing, holding
from provisioning.lifecycle import clock, moves
from provisioning.models import (
    Backup,
    BackupCause,
    Entry,
    EntryState,
    Export,
    ExportState,
    FigureConsent,
    PartnerAccess,
    RegionHealth,
    Restore,
    RestoreState,
)
from provisioning.operators import health, visits
from provisioning.operators.ranks import Who
from provisioning.sharing import services as sharing
from tenants import cells, directory, selectors
from tenants.models import Cell, Region, RegionKey
from tenants.states import State
from tests.support import cells as support

pytestmark = pytest.mark.usefixtures("on_platform", "city", "room")
LATER = "came after the backup"
KEY = "complaints.received"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("beside")


@pytest.fixture
def room(folder: Path) -> Iterator[None]:
    places = {f"{name}_ROOT": folder / name for name in ("BACKUP", "EXPORT", "MEDIA")}
    with override_settings(**places):
        look_again()
        yield
    look_again()


@pytest.fixture(scope="module")
def admins(city: Region) -> tuple[User, User]:
    with region_context(selectors.freeze(city)):
        one = User.objects.get(email="admin@ternatekota.go.id")
        two = User.objects.create_user(email="dua@ternatekota.go.id", name="Admin Dua")
        grant_role(user=two, role="admin")
        return one, two


@pytest.fixture
def down() -> Iterator[Region]:
    """A region in a cell that does not answer."""
    Cell.objects.get_or_create(name="barat", defaults={"is_open": False})
    row = Region.objects.create(
        slug="sabang", schema_name="r_sabang", code="11.72", name="Kota Sabang", kind="kota",
        province="Aceh", state=State.SANDBOX, cell_id="barat",
        sandbox_until=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    Region.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=9))
    yield row
    row.delete()


def here(city: Region) -> Frozen:
    directory.invalidate()
    return selectors.freeze(Region.objects.get(pk=city.pk))


def dies_between(work: Callable[[], object], first: str = "timur") -> bool:
    """Kill a process that has committed in the ``first`` database and not yet in the other."""

    def child() -> None:
        wrapper = type(connections["default"])
        whole = wrapper._commit

        def dies(self) -> None:
            if any(raw.cell == first for raw in self._beside.values()):
                for raw in self._beside.values():
                    raw.commit()
                die()
            whole(self)

        wrapper._commit = dies
        work()

    return killed(child)


def schemas_like(pattern: str) -> list[str]:
    with cells.caretaker("timur"), connection.cursor() as cursor:
        cursor.execute("SELECT nspname::text FROM pg_namespace WHERE nspname ~ %s", [pattern])
        return [row[0] for row in cursor.fetchall()]


def change(city: Region) -> None:
    with region_context(here(city)):
        User.objects.create_user(email="later@contoh.test", name=LATER)


def changed(city: Region) -> bool:
    with region_context(here(city)):
        return User.objects.filter(name=LATER).exists()


def test_d07_a_restore_killed_between_two_databases_is_old_or_new(city: Region) -> None:
    path = making.path_of(making.back_up(city, cause=BackupCause.HAND))
    assert drill.try_out(city).trouble == ""
    change(city)

    def beside() -> Restore:
        return restoring.beside(city, path, by="operator")

    assert dies_between(beside)
    assert len(schemas_like("^restore_")) == 1
    assert restoring.current(city) is None and changed(city)
    made = beside()
    assert schemas_like("^restore_") == [made.beside], "the dead one's is gone"
    assert restoring.upgrade(made) == 0
    with pytest.raises(moving.MoveError, match="being restored"):
        moving.move(city.slug, MAIN_CELL)
    assert dies_between(lambda: restoring.switch(made))
    assert not changed(city), "the new tables are in service"
    with pytest.raises(RestoreError, match="take it back"):
        beside()
    made.refresh_from_db()
    assert (made.state, made.beside) == (RestoreState.SWITCHED, f"kept_{city.pk}_{made.pk}")
    with pytest.raises(RestoreError):
        restoring.give_up(made)
    assert dies_between(lambda: restoring.take_back(made))
    assert changed(city), "the old tables are in service"
    ends = {RestoreState.UNDONE: None, RestoreState.DROPPED: restoring.give_up,
            RestoreState.CONFIRMED: restoring.confirm}  # fmt: skip
    for state, end in ends.items():
        if end is not None:
            made = beside()
            if state == RestoreState.CONFIRMED:
                restoring.switch(made)
            assert dies_between(lambda end=end, made=made: end(made))
        assert restoring.current(city) is None
        made.refresh_from_db()
        assert made.state == state
        assert schemas_like("^(restore|kept|drill)_") == []
    assert not changed(city)
    with region_context(here(city)):
        assert audit.verify() is None
        assert Line.objects.filter(action="region.restored").count() == 1


def test_d07_a_copy_lives_beside_its_original_and_is_erased_there(city: Region, folder) -> None:
    with region_context(here(city)):
        sealed = secrets.seal("nik", purpose="jobs.nik")
        default_storage.save("complaints/7f/a.jpg", ContentFile(b"photo"))
    path = making.path_of(making.back_up(city, cause=BackupCause.HAND))

    def copy() -> Region:
        return copying.copy(path, slug="salinan", code="31.72", by="operator")

    assert dies_between(copy)
    assert schemas_like("^r_salinan$") and not Region.objects.filter(slug="salinan").exists()
    row = copy()
    assert (row.cell_id, row.state) == ("timur", State.SANDBOX)
    with region_context(here(row)):
        assert secrets.unseal(sealed, purpose="jobs.nik") == "nik"
        assert default_storage.open("complaints/7f/a.jpg").read() == b"photo"
    making.back_up(row, cause=BackupCause.HAND)
    for step in (State.CLOSING, State.CLOSED):
        moves.move(row, step, by="operator", why="test")
    later = timezone.now() + timedelta(hours=2)
    assert dies_between(lambda: holding.begin_due(later))
    assert schemas_like(f"^closed_{row.pk}$")
    [erasure] = holding.begin_due(later)
    held = here(row)
    assert (held.schema, erasure.schema) == (f"closed_{row.pk}", "r_salinan")
    with region_context(held):
        assert User.objects.exists(), "held, not yet erased"
    erasure.due_at = timezone.now()
    erasure.save()

    def erase_and_die() -> None:
        done = erasing._done
        erasing._done = lambda row, step, *also: (
            die() if step == "dropped_at" else done(row, step, *also)
        )
        erasing.erase(erasure)

    assert killed(erase_and_die)
    erasure.refresh_from_db()
    assert erasure.key_erased_at and not erasure.dropped_at
    assert not RegionKey.objects.filter(region=row).exists()
    assert schemas_like(f"^closed_{row.pk}$") == []
    erasing.erase(erasure)
    assert erasure.finished_at and erasure.facts["rows"] > 100 and erasure.facts["files"] == 1
    assert not (settings.BACKUP_ROOT / "r_salinan").exists()
    assert not Backup.objects.filter(region=row).exists()


def test_d07_an_export_leaves_one_cell_and_comes_into_another(city: Region, admins) -> None:
    one, _two = admins
    export = exports.ask_by_clock(here(city))
    assert dies_between(lambda: work.run(export.uuid))
    assert work.waiting() == []
    Export.objects.update(beat_at=timezone.now() - work.SILENT * 2)
    with desk.alone(city.pk):
        assert not work.run(export.uuid), "it waits while the region moves"
        with pytest.raises(MovesError):
            making.back_up(city, cause=BackupCause.HAND)
    with desk.sharing(city.pk), pytest.raises(moving.MoveError, match="Another process"):
        moving.move(city.slug, MAIN_CELL)
    assert work.run(export.uuid)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.READY, 2)
    with region_context(here(city)):
        told = Message.objects.filter(template="provisioning/export_ready")
        assert len({row.dedupe_key for row in told}) == told.count() > 0
        words = exports.reveal(export, by=one)
        exports.downloaded(export, by=one)
        exports.accept(export, by=one)
    archive = reading.open_archive(exports.path_of(export))
    place = taking.Place("tidore", "admin@tidorekota.go.id", "82.72")

    def take() -> taking.Taken:
        return taking.take(archive, reading.unlock(archive, words), place, lambda *_: None)

    cell_keeping.close(MAIN_CELL)
    try:
        assert dies_between(take, first=MAIN_CELL)
        taken = take()
    finally:
        cell_keeping.reopen(MAIN_CELL)
    assert taken.region.cell == "timur"
    assert taken.rows["accounts_user"] >= 2
    assert taken.compared > 50
    with region_context(taken.region):
        assert User.objects.filter(email="dua@ternatekota.go.id").exists()


def test_operators_and_neighbours_reach_a_region_in_another_cell(city: Region, admins) -> None:
    one, _two = admins
    person = User.objects.create_user(email="bantu@balai.test", name="Bantu")
    who, region = Who(person, "support"), here(city)
    entry = visits.ask(who=who, region=city, reason="Laporan tidak terkirim", minutes=30)
    with region_context(region):
        visits.grant(uuid=entry.uuid, by=one, may_change=False)
    token = visits.hand_over(uuid=entry.uuid, who=who).rstrip("/").rsplit("/", 1)[-1]
    with region_context(region):
        visitor, _entry = visits.enter(token)
        assert visitor.is_active
        assert visits.live(str(entry.uuid)) is not None
    Entry.objects.filter(pk=entry.pk).update(until=timezone.now())
    assert dies_between(lambda: visits.end(uuid=entry.uuid, by="system"))
    assert visits.tidy() == 1
    assert Entry.objects.get(pk=entry.pk).state == EntryState.ENDED
    withdrawn = visits.ask(who=who, region=city, reason="Sekali lagi", minutes=30)
    visits.withdraw(uuid=withdrawn.uuid, who=who)
    with region_context(region):
        visitor.refresh_from_db()
        assert not visitor.is_active
        sharing.share(key=KEY, by=one)
        assert not dies_between(lambda: sharing.take_back(key=KEY)), "the platform is told first"
        sharing.take_back(key=KEY)
        assert usage().accounts >= 2
        given = Pass(
            key=entry.uuid, email="budi@polri.go.id", name="Budi", institution="Polres",
            role="partner", until=timezone.localdate(), path="/partners/enter/",
        )  # fmt: skip
        publish(given)
    assert PartnerAccess.objects.get(key=given.key).region_id == city.pk
    assert not FigureConsent.objects.exists()


def test_a_breach_pack_is_written_of_a_region_in_another_cell(city: Region, tmp_path) -> None:
    words = "privacy breach --region ternate --since 2026-01-01 --until 2027-01-01"
    given = [*words.split(), "--tables", "accounts.User", "--out", str(tmp_path / "pack")]
    done = CliRunner().invoke(privacy, given)
    assert done.exit_code == 0, done.output
    assert "dua@ternatekota.go.id" in (tmp_path / "pack" / "people.csv").read_text()


def test_a_cell_that_is_down_stops_no_round(city: Region, down: Region) -> None:
    Backup.objects.filter(region=city).delete()
    assert down in keeping.due() and city in keeping.due()
    done, failed = keeping.back_up_due()
    assert (done >= 1, failed) == (True, ["sabang"])
    assert city not in keeping.due()
    trials = {trial.slug: trial.trouble for trial in drill.drill()}
    assert trials == {**trials, "ternate": "", "sabang": "there is no backup"}
    health.compare()
    assert RegionHealth.objects.get(region=city).database_bytes > 1_000_000
    RegionHealth.objects.create(region=down, where="current", fingerprint="known")
    health.compare()
    seen = RegionHealth.objects.get(region=down)
    assert (seen.where, seen.fingerprint) == ("away", "known")
    with region_context(here(down)):
        assert health.measure().problem == health.AWAY
    with region_context(here(city)):
        assert health.measure().problem == ""
    Region.objects.filter(pk=city.pk).update(sandbox_until=timezone.now() - timedelta(days=1))
    clock.turn()
    assert Region.objects.get(pk=city.pk).state == State.CLOSING, "its clock went on"
    assert Region.objects.get(pk=down.pk).state == State.SANDBOX, "as before, nothing is half"
    with region_context(here(down)):
        sealed = secrets.seal("K7M4-Q2XD", purpose=exports.PURPOSE)
    export = Export.objects.create(
        region=down, state=ExportState.WAITING, asked_by="clock", phrase=sealed, salt=new_salt()
    )
    assert not work.run(export.uuid)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (ExportState.WAITING, 0), "no try is used up"
    told = {finding.level: finding.said for finding in doctor.backups()}
    assert "sabang" in told[Level.BAD]
    assert "ternate" not in told[Level.BAD]
    Backup.objects.filter(region=city).update(trouble="cut off")
    assert any("ternate" in finding.said for finding in doctor.backups())
    Region.objects.filter(pk=city.pk).update(moving_since=timezone.now())
    Backup.objects.filter(region=city).delete()
    assert city not in keeping.due()
    assert "ternate" not in {trial.slug for trial in drill.drill()}
    Region.objects.filter(pk=city.pk).update(moving_since=None)
    assert {place.name for place in survey.look(thorough=False) if not place.up} == {"barat"}


def test_work_begins_only_when_every_cell_keeps_what_it_acknowledges(timur: str) -> None:
    startup.require_sound()  # barat is away, and waited for
    connections.close_all()
    lossy = f"{cells.url(timur)}?options=-c%20synchronous_commit%3Doff"
    with support.addresses(timur=lossy), pytest.raises(SystemExit) as refused:
        startup.require_sound()
    assert "synchronous_commit is off (cell timur)" in str(refused.value)
