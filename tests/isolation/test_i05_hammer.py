"""I-05: the isolation hammer, directly and through a transaction pooler, and its control."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings

from tests.support import pgbouncer
from tests.support.database import ROOT, admin_cursor, drop

LOOKS = 12_000
SOAK_LOOKS = 500_000
CONTROL_LOOKS = 4_000
OURS = "tenants.backend"
STUCK = "tests.isolation.hammer.stuck"
STOCK = "django_tenants.postgresql_backend"

long = [
    pytest.mark.soak,
    pytest.mark.skipif(os.environ.get("BALAI_SOAK") != "1", reason="only in the long form"),
]
pooled = pytest.mark.skipif(pgbouncer.PROGRAM is None, reason="pgbouncer is not installed")


@pytest.fixture
def cities_url(django_db_blocker: object) -> Iterator[str]:
    """A database of its own with six cities, made without the product's own opening."""
    name = f"balai_hammer_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    drop_cities(name)
    url = address_of(name)
    build(url, name)
    yield url
    drop_cities(name)


@pytest.fixture
def two_cells(django_db_blocker: object) -> Iterator[tuple[str, str]]:
    """Two databases; every second city lives in the other one."""
    name = f"balai_hammer_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    far = f"{name}_far"
    drop_cities(far)
    drop_cities(name)
    urls = address_of(name), address_of(far)
    build(urls[0], name, cells=f"far={urls[1]}")
    build(urls[0], far, cells=f"far={urls[1]}", cell="far")
    yield urls
    drop_cities(far)
    drop_cities(name)


def address_of(name: str) -> str:
    chosen = settings.DATABASES["default"]
    user, password = quote(chosen["USER"]), quote(chosen["PASSWORD"])
    return f"postgres://{user}:{password}@{chosen['HOST']}:{chosen['PORT']}/{name}"


def build(url: str, name: str, *, cells: str = "", cell: str = "main") -> None:
    with admin_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    program = "from tests.isolation.hammer import cities; print(cities.build({}, {!r}))"
    with admin_cursor(name) as cursor:
        program = program.format(cursor.connection.server_version, cell)
        sql = run(["-c", f"import django; django.setup(); {program}"], url, OURS, cells=cells)
        cursor.execute(sql)


def drop_cities(name: str) -> None:
    drop(name)
    with admin_cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'r\\_hammer\\_%'")
        for (role,) in cursor.fetchall():
            try:
                cursor.execute(f'DROP ROLE "{role}"')
            except psycopg2.errors.DependentObjectsStillExist:
                continue  # of another worker's database


def run(
    arguments: list[str], url: str, engine: str, *, through_pooler: bool = False, cells: str = ""
) -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.isolation.hammer.settings",
        "HAMMER_URL": url,
        "HAMMER_ENGINE": engine,
        "HAMMER_POOLED": str(through_pooler),
        "HAMMER_CELLS": cells,
        "PYTHONPATH": os.pathsep.join(["platform", "."]),
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=3600,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def hammer(
    url: str, engine: str, looks: int, *, through_pooler: bool, far: str = ""
) -> dict[str, object]:
    pooler = pgbouncer.transaction_pooler if through_pooler else nullcontext
    with pooler(url) as address, pooler(far) if far else nullcontext() as other:
        arguments = ["-m", "tests.isolation.hammer", str(looks)]
        cells = f"far={other}" if far else ""
        report: dict[str, object] = json.loads(
            run(arguments, address, engine, through_pooler=through_pooler, cells=cells)
        )
    return report


@pytest.mark.parametrize(
    "through_pooler", [False, pytest.param(True, marks=pooled)], ids=["direct", "pooled"]
)
@pytest.mark.parametrize("looks", [LOOKS, pytest.param(SOAK_LOOKS, marks=long)])
def test_i05_no_city_is_ever_shown_another(
    cities_url: str, through_pooler: bool, looks: int
) -> None:
    report = hammer(cities_url, OURS, looks, through_pooler=through_pooler)
    assert report["errors"] == {}
    assert report["wrong"] == 0
    assert report["looks"] >= looks
    assert set(report["by_way"]) == {
        "autocommit", "atomic", "savepoint", "nested", "named_cursor", "iterator",
        "executemany", "copy", "new_thread", "async_tasks",
    }  # fmt: skip


@pytest.mark.parametrize(
    "through_pooler", [False, pytest.param(True, marks=pooled)], ids=["direct", "pooled"]
)
def test_i05_the_stock_backend_shows_that_the_hammer_sees(
    cities_url: str, through_pooler: bool
) -> None:
    report = hammer(cities_url, STOCK, CONTROL_LOOKS, through_pooler=through_pooler)
    assert report["wrong"] > 0


@pytest.mark.parametrize(
    ("looks", "through_pooler"),
    [
        (LOOKS // 2, False),
        pytest.param(SOAK_LOOKS, False, marks=long),
        pytest.param(SOAK_LOOKS // 5, True, marks=[*long, pooled]),
    ],
)
def test_i05_nor_with_the_cities_in_two_cells(
    two_cells: tuple[str, str], looks: int, through_pooler: bool
) -> None:
    near, far = two_cells
    report = hammer(near, OURS, looks, through_pooler=through_pooler, far=far)
    assert report["errors"] == {}
    assert report["wrong"] == 0
    assert report["looks"] >= looks


def test_i05_a_connection_that_does_not_follow_shows_that_the_hammer_sees(
    two_cells: tuple[str, str],
) -> None:
    near, far = two_cells
    report = hammer(near, STUCK, CONTROL_LOOKS, through_pooler=False, far=far)
    assert report["wrong"] > 0
