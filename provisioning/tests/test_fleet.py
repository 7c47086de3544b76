"""Upgrading the fleet: plan once, apply everywhere, go on after a failure (D-07, tenancy.md)."""

import psycopg2
import pytest
from django.db import connection
from django.test import override_settings

from balai.context import platform
from provisioning import fleet, release
from provisioning.fleet import planning
from provisioning.models import UpgradePlan
from provisioning.opening import open_region
from provisioning.tests.garden import ONE, TWO
from tenants.backend.migrating import migrating

pytestmark = pytest.mark.usefixtures("on_platform")
CITIES = (("31.71", "abang"), ("31.72", "biru"), ("31.73", "coklat"))


def _sql(schema: str, statement: str) -> list[tuple]:
    with migrating(schema), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def hold(schema: str, table: str) -> psycopg2.extensions.connection:
    """Return a connection whose transaction holds a table, as a long report of a city's does."""
    given = connection.get_connection_params()
    given.pop("cursor_factory")
    raw = psycopg2.connect(**given)
    with raw.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {schema}.{table}")
    return raw


@pytest.fixture(scope="module")
def cities(scratch: str) -> list[str]:
    with platform(), override_settings(MIGRATION_MODULES=ONE):
        regions = [
            open_region(code=code, slug=slug, email=f"admin@{slug}.go.id", preset="pilot")
            for code, slug in CITIES
        ]
    schemas = [region.schema_name for region in regions]
    for schema in schemas:
        for text in ("rose", "oak"):
            _sql(
                schema,
                "INSERT INTO specimen_note (uuid, text, echoes)"
                f" VALUES (gen_random_uuid(), '{text}', 0)",
            )
    return schemas


def test_new_regions_are_born_at_head(cities: list[str]) -> None:
    with override_settings(MIGRATION_MODULES=ONE):
        report = fleet.status()
    assert report.sound
    assert {place.where for place in report.places} == {"current"}


def test_a_release_is_built_once(cities: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "blueprint", None)  # whoever built another one would call it
    with override_settings(MIGRATION_MODULES=ONE):
        first = release.ensure()
        assert release.ensure().pk == first.pk


def test_d07_upgrade_killed_half_way_goes_on_and_errors_do_not_stop_others(
    cities: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with override_settings(MIGRATION_MODULES=TWO):
        assert {place.where for place in fleet.status().places} == {"behind"}
        _sql(cities[1], "ALTER TABLE specimen_note ADD COLUMN by_hand integer")
        assert [p.slug for p in fleet.status().places if p.where == "drift"] == ["biru"]

        # The process dies after the first region's first step.
        from provisioning.fleet import apply

        whole, calls = apply.run, []

        def dies(region, step, rendering):
            if calls:
                raise KeyboardInterrupt
            calls.append(region.slug)
            whole(region, step, rendering)

        monkeypatch.setattr(apply, "run", dies)
        with pytest.raises(KeyboardInterrupt):
            fleet.upgrade(jobs=2)
        monkeypatch.setattr(apply, "run", whole)
        assert fleet.status().plain()["counts"] == {"behind": 2, "drift": 1}

        outcome = fleet.upgrade(jobs=2)
        assert [result.slug for result in outcome.failed] == ["biru"]
        assert fleet.status().plain()["counts"] == {"current": 2, "drift": 1}
        for schema in (cities[0], cities[2]):
            found = dict(
                _sql(schema, "SELECT text, colour FROM specimen_note WHERE text IN ('rose', 'oak')")
            )
            assert found == {"rose": "red", "oak": "green"}
            last = _sql(
                schema, "SELECT name FROM django_migrations WHERE app = 'specimen' ORDER BY id"
            )
            assert [row[0] for row in last][-1] == "0005_after"

        _sql(cities[1], "ALTER TABLE specimen_note DROP COLUMN by_hand")
        told, holding = [], hold(cities[1], "specimen_note")
        monkeypatch.setattr(apply, "LOCK_TIMEOUT", "50ms")
        monkeypatch.setattr(apply, "PAUSE", 0.05)
        monkeypatch.setattr(
            apply.log, "info", lambda *_, **fields: (told.append(fields), holding.rollback())
        )
        again = fleet.upgrade(jobs=2)
        holding.close()
        assert [fields["reason"] for fields in told] == ["55P03"]
        assert (again.current, len(again.results), again.failed) == (2, 1, [])
        nothing = fleet.upgrade(jobs=2)
        assert (nothing.current, nothing.results) == (3, [])


def test_new_region_and_upgraded_region_are_alike(cities: list[str]) -> None:
    with override_settings(MIGRATION_MODULES=TWO):
        open_region(code="31.74", slug="dadu", email="admin@dadu.go.id", preset="pilot")
        assert {place.where for place in fleet.status().places} == {"current"}


def test_region_role_may_use_tables_that_an_upgrade_made(cities: list[str]) -> None:
    from balai.context import region_context
    from tenants import directory

    region = directory.by_schema(cities[0])
    with region_context(region), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM specimen_leaf")
        assert cursor.fetchone() == (0,)
        with pytest.raises(Exception, match="permission denied"):
            cursor.execute("DELETE FROM django_migrations")


def test_old_code_sees_newer_regions_and_leaves_them_alone(cities: list[str]) -> None:
    with override_settings(MIGRATION_MODULES=ONE):
        assert {place.where for place in fleet.status().places} == {"ahead"}
        outcome = fleet.upgrade()
        assert {result.error for result in outcome.failed} == {"it is ahead of this code"}


def test_plans_join_sql_and_keep_python_and_concurrent_steps_apart(cities: list[str]) -> None:
    plan = UpgradePlan.objects.get()
    kinds = [(step["kind"], len(step["migrations"])) for step in plan.steps]
    assert kinds == [("sql", 1), ("python", 1), ("alone", 1), ("sql", 1)]
    joined = planning.merged(
        [{"before": "a", "after": "b", "kind": "sql", "migrations": [1], "sql": "x;"},
         {"before": "b", "after": "c", "kind": "sql", "migrations": [2], "sql": "y;"}]
    )  # fmt: skip
    assert joined == [
        {"before": "a", "after": "c", "kind": "sql", "migrations": [1, 2], "sql": "x;y;"}
    ]
