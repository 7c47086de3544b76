"""A second database: added after a look, filled by rule, told apart when it is down."""

import os
import signal
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, connection, connections
from django.test import override_settings
from typer.testing import CliRunner

from balai.audit.models import Entry
from balai.context import crossing, region_context
from balai.health.probes.probe import Status
from provisioning import fleet
from provisioning.cells import health, keeping, orphans, placing, survey
from provisioning.models import Opening, OpeningState, Step
from provisioning.opening import engine, open_region, services
from tenants import activation, cells, directory, words
from tenants.models import Cell, Region
from tests.support import cells as support
from tests.support.client import CityClient

pytestmark = pytest.mark.usefixtures("on_platform", "city")
BORN = {"code": "82.72", "slug": "tidore", "email": "admin@tidore.go.id", "preset": "pilot"}


def schemas(cell: str) -> set[str]:
    connections.close_all()
    return survey.schemas(cell)


def test_a_region_lives_whole_in_its_cell_and_nothing_of_it_in_the_first(city: Region) -> None:
    from balai.accounts.models import User
    from balai.directory.models import Area

    region = directory.by_schema(city.schema_name)
    assert (region.cell, region.state) == ("timur", "sandbox")
    assert schemas("main") == set()
    assert schemas("timur") == {city.schema_name}
    with region_context(region):
        assert User.objects.get().email == "admin@ternatekota.go.id"
        assert Area.objects.filter(kind="village").count() > 50
        with connection.cursor() as cursor, pytest.raises(ProgrammingError):
            cursor.execute("SELECT 1 FROM shared.tenants_region")
    words.set_words(region, {"head": "Wali Kota Ternate"})
    slug = next(iter(sorted(region.active_modules)))
    activation.switch(region, slug, False, cascade=True)
    fresh = directory.by_schema(city.schema_name)
    assert fresh.words["head"] == "Wali Kota Ternate"
    assert slug not in fresh.active_modules
    with region_context(fresh):
        assert Entry.objects.filter(action="module.switched", target=slug).exists()
        activation.switch(fresh, slug, True, cascade=True)


def test_add_looks_before_it_takes_a_database(timur: str, scratch: str, tmp_path: Path) -> None:
    url = cells.url("timur")
    home = url.replace("_timur", "")
    with override_settings(STATE=str(tmp_path)), support.addresses():
        for name, address, said in (
            ("Timur", url, "lower-case"),
            ("utara", "mysql://x/y", "postgres://"),
            ("utara", support.NOWHERE, "does not answer"),
            ("utara", url, "in use already"),
            ("utara", home, "directory of its own"),
        ):
            with pytest.raises(keeping.CellRefusedError, match=said):
                keeping.add(name, address)
            assert "utara" not in cells.names()
        path = cells.keep("utara", url)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert cells.url("utara") == url
    rows = " ".join(str(value) for row in Cell.objects.values() for value in row.values())
    assert "postgres" not in rows, "no address is in a table"


def test_new_regions_are_placed_by_rule(timur: str, city: Region) -> None:
    assert placing.choose() == "main", "the fewest regions"
    keeping.close("main")
    try:
        assert placing.choose() == "timur"
        keeping.resize("timur", 1)
        with pytest.raises(ValidationError):
            placing.choose()
        with pytest.raises(ValidationError):
            placing.choose("timur")
    finally:
        keeping.resize("timur", 1000)
        keeping.reopen("main")
    kept = Entry.objects.filter(action="cell.resized").order_by("-seq").first()
    assert kept is not None
    assert (kept.before, kept.after) == ({"capacity": 1}, {"capacity": 1000})
    assert placing.choose("timur") == "timur"
    with pytest.raises(keeping.CellRefusedError):
        keeping.close("selatan")


@pytest.mark.parametrize("moment", ["schema committed", "step committed"])
def test_d07_a_birth_killed_between_two_cells_is_never_served(timur: str, moment: str) -> None:
    child = os.fork()
    if not child:
        try:
            die(moment)
        finally:
            os._exit(1)
    connections.close_all()
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    opening = Opening.objects.get(slug="tidore")
    born = moment == "step committed"
    assert schemas("timur") >= {"r_tidore"}
    assert (directory.by_schema("r_tidore") is not None) == born
    assert orphans.sweep() == [], "its opening may still go on"
    if not born:
        Opening.objects.filter(pk=opening.pk).update(state=OpeningState.FAILED)
        Step.objects.filter(opening=opening).update(attempts=services.TRIES)
        assert orphans.sweep() == ["r_tidore"]
        assert "r_tidore" not in schemas("timur")
        services.retry(opening)
    region = open_region(**BORN, cell="timur")
    assert (region.cell_id, region.state) == ("timur", "sandbox")
    assert fleet.status().sound
    assert orphans.sweep() == []
    assert "r_tidore" in schemas("timur")
    remove(region)


def die(moment: str) -> None:
    """Open Tidore and end this process (SIGKILL) between the commits of the two databases."""
    wrapper = type(connections["default"])
    whole, step = wrapper._commit, engine._begin

    def dies(self):
        if any(raw.cell == "timur" for raw in self._beside.values()):
            for raw in self._beside.values():
                raw.commit()
            os.kill(os.getpid(), signal.SIGKILL)
        whole(self)

    def dies_next(row):
        if row.name != "schema":
            os.kill(os.getpid(), signal.SIGKILL)
        return step(row)

    connections.close_all()
    if moment == "schema committed":
        wrapper._commit = dies
    else:
        engine._begin = dies_next
    open_region(**BORN, cell="timur")


def remove(region: Region) -> None:
    from tenants import roles

    with crossing(), cells.caretaker("timur"), connection.cursor() as cursor:
        cursor.execute(roles.drop_sql(region.schema_name, region.role))
    Opening.objects.filter(region=region).delete()
    region.delete()


def test_the_fleet_is_looked_at_and_upgraded_in_all_cells(city: Region) -> None:
    from provisioning.release import fingerprint  # noqa: F401  # says what current means

    near = open_region(**{**BORN, "slug": "dekat", "code": "34.02"}, cell="main")
    assert {place.slug: place.where for place in fleet.status().places} == {
        "ternate": "current", "dekat": "current",
    }  # fmt: skip
    assert fleet.upgrade().current == 2
    Region.objects.filter(pk=near.pk).update(moving_since="2026-01-01T00:00Z")
    assert fleet.upgrade().untried == ["dekat"]
    Region.objects.filter(pk=near.pk).update(moving_since=None)


def test_one_cell_down_takes_only_its_own_regions(city: Region, timur: str) -> None:
    Cell.objects.get_or_create(name="barat")
    lost = Region.objects.create(
        slug="hilang", schema_name="r_hilang", role="r_hilang_x", code="11.01", name="Kota Hilang",
        kind="kota", province="Aceh", state="active", cell_id="barat",
    )  # fmt: skip
    lost.domains.create(domain="hilang.localhost", is_primary=True)
    lost.switches.create(slug="complaints", enabled=True)
    try:
        for _ in range(2):
            away = CityClient(directory.by_schema("r_hilang"), raise_request_exception=False)
            answer = away.get("/complaints/")
            assert (answer.status_code, answer["Retry-After"]) == (503, "10")
            page = answer.content.decode()
            assert "Kota Hilang" in page
            assert 'href="tel:112"' in page
            here = CityClient(directory.by_schema(city.schema_name))
            assert here.get("/complaints/").status_code == 200
        probe = health.cells()
        assert (probe.status, probe.detail["down"]) == (Status.DEGRADED, ["barat"])
        report = {place.slug: place.where for place in fleet.status().places}
        assert (report["hilang"], report["ternate"]) == ("away", "current")
        said = {finding.name: finding for finding in health.doctor()}
        assert "does not answer" in said["Cell barat"].said
        assert said["Cell timur"].level == "ok"
        listed = CliRunner().invoke(app(), ["cell", "list"])
        assert listed.exit_code == 2
        assert "DOWN" in listed.output
    finally:
        lost.delete()
        Cell.objects.filter(name="barat").delete()


def app():
    from provisioning.cli import app as commands

    return commands


def test_the_relay_hears_and_serves_every_cell(city: Region, monkeypatch) -> None:
    from django.db import transaction

    from balai import outbox
    from balai.outbox.models import Event
    from balai.outbox.relay import Relay

    region = directory.by_schema(city.schema_name)
    relay = Relay()
    relay.sender._broker_back_at = float("inf")  # no broker here: it delivers by itself
    relay.turn()
    while relay.cold or relay.hot:
        relay.turn()
    assert set(relay._ears) >= {"main", "timur"}
    with region_context(region), transaction.atomic():
        event = outbox.publish("test.nobody_listens", key="1")
    relay.turn()
    with region_context(region):
        assert Event.objects.get(pk=event.pk).done_at is not None
    relay._forget_connections()
