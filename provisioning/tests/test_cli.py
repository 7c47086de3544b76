"""``balai region open``, ``balai fleet`` and ``balai migrate`` as somebody types them."""

import json

import pytest
from django.db import connection
from typer.testing import CliRunner

from balai.context import platform
from provisioning.cli import app
from provisioning.demo import NotTheDemoError, prepare
from tenants.backend.migrating import migrating
from tenants.models import Region

pytestmark = pytest.mark.django_db
ORDER = [
    "region",
    "open",
    "--code",
    "33.02",
    "--slug",
    "banyumas",
    "--email",
    "a@banyumaskab.go.id",
]


def _run(*words: str):
    return CliRunner().invoke(app, words)


def test_region_open_tells_the_steps_and_gives_a_link_that_signs_in(db: None) -> None:
    done = _run(*ORDER)
    assert done.exit_code == 0, done.output
    assert "27 kecamatan" in done.output
    assert "http://banyumas.localhost" in done.output.splitlines()[-1]
    with platform():
        region = Region.objects.get(slug="banyumas")
    assert (region.state, region.kind) == ("sandbox", "kabupaten")


def test_region_open_as_json(db: None) -> None:
    done = _run(*ORDER, "--preset", "pilot", "--name", "Banyumas", "--json")
    plain = json.loads(done.stdout)
    assert (plain["schema"], plain["name"], plain["state"]) == ("r_banyumas", "Banyumas", "sandbox")
    assert "/accounts/" in plain["signin"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--code", "36.71"),
        ("--code", "1"),
        ("--slug", "tangerang"),
        ("--preset", "x"),
        ("--email", "x"),
    ],
)
def test_region_open_says_what_is_wrong(region, option: str, value: str) -> None:
    done = _run(*ORDER, option, value)
    assert done.exit_code == 1
    assert done.output.strip() and "Traceback" not in done.output
    with platform():
        assert not Region.objects.filter(slug="banyumas").exists()


def test_fleet_status_and_upgrade_of_sound_regions(region) -> None:
    done = _run("fleet", "status", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["counts"] == {"current": 2}
    done = _run("fleet", "upgrade", "--json")
    assert json.loads(done.stdout)["already_current"] == 2


def test_fleet_status_tells_a_region_changed_by_hand(region) -> None:
    with migrating(region), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE specimen_note ADD COLUMN by_hand integer")
    done = _run("fleet", "status")
    assert done.exit_code == 2
    assert any(line.split() == ["tangerang", "drift"] for line in done.stdout.splitlines())
    # What is applied already is not looked at again: that is what `fleet status` is for.
    assert _run("fleet", "upgrade").exit_code == 0


def test_migrate_may_be_repeated(region) -> None:
    done = _run("migrate")
    assert done.exit_code == 0, done.output
    assert "Release" in done.stdout


def test_demo_refuses_where_it_is_not_one(db: None, settings) -> None:
    settings.DEMO = False
    with pytest.raises(NotTheDemoError):
        prepare(print)
