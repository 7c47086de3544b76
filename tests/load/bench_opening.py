"""Opening a region: against a bare replay of its SQL, against django-tenants, few and many."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from statistics import median

import psycopg2
from django.conf import settings
from django.db import connection, transaction

from balai.context import platform
from tests.load.row import Row
from tests.support import database

FEW, MANY = 5, 200
STOCK_TRIES = 3
NAME = "balai_bench_opening"


def measure() -> list[Row]:
    """Open regions until there are 200; compare at both ends, interleaved."""
    from provisioning import fleet

    with _scratch(), platform():
        _open(0)  # warms the release, the connection and the server's caches
        early_ours, early_bare = _paired(range(1, FEW + 1))
        stock_few = _stock(STOCK_TRIES, 0)
        for number in range(FEW + 1, MANY - FEW):
            _open(number)
        late_ours, late_bare, stock = [], [], []
        for turn in range(STOCK_TRIES):  # in turn, so that a busy machine is busy for both
            first = MANY - FEW + 2 * turn
            ours, bare = _paired(range(first, first + 2))
            late_ours, late_bare = late_ours + ours, late_bare + bare
            stock.append(_stock(1, STOCK_TRIES + turn))
        stock_many = median(stock)
        began = time.perf_counter()
        outcome = fleet.upgrade()
        noop = time.perf_counter() - began
        tables, indexes = _size()
    over = median(early_ours + late_ours) / median(early_bare + late_bare)
    flat = median(late_ours) / median(early_ours)
    against = stock_many / median(late_ours)
    return [
        Row("open a region", f"{median(late_ours) * 1000:.0f} ms"),
        Row("  against a bare replay in one message", f"{over:.2f}x", "<= 1.3x", over <= 1.3),
        Row(f"  against django-tenants, {FEW} regions", f"{stock_few / median(early_ours):.1f}x"),
        Row(
            f"  against django-tenants, {MANY} regions", f"{against:.1f}x", ">= 12x", against >= 12
        ),
        Row(f"  at {MANY} regions / at {FEW}", f"{flat:.2f}x", "<= 1.3x", flat <= 1.3),
        Row(f"fleet upgrade, nothing to do, {outcome.current} regions", f"{noop:.2f} s"),
        Row("an empty region", f"{tables} tables, {indexes} indexes"),
    ]


@contextmanager
def _scratch() -> Iterator[None]:
    from provisioning.setup import migrate_shared

    usual = settings.DATABASES["default"]["NAME"]
    database.drop(NAME)
    with database.admin_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{NAME}"')
    database.use(NAME)
    try:
        migrate_shared()
        yield
    finally:
        database.use(usual)
        database.drop(NAME)


def _paired(numbers: range) -> tuple[list[float], list[float]]:
    """Return the seconds of openings and of bare replays, taken in turn."""
    ours, bare = [], []
    for number in numbers:
        ours.append(_open(number))
        bare.append(_replay(number))
    return ours, bare


def _open(number: int) -> float:
    from balai.directory import reference
    from provisioning.models import Opening
    from provisioning.opening.birth import give_birth

    place = reference.regencies()[number]
    opening = Opening(code=place.code, slug=f"kota-{number}", email="a@b.go.id", preset=place.kind)
    began = time.perf_counter()
    with transaction.atomic():
        give_birth(opening)
    return time.perf_counter() - began


def _replay(number: int) -> float:
    from provisioning import release

    sql = release.fill(release.ensure().sql, f"bare_{number}")
    parameters = {
        k: v for k, v in connection.get_connection_params().items() if k != "cursor_factory"
    }
    with closing(psycopg2.connect(**parameters)) as raw, raw.cursor() as cursor:
        raw.autocommit = True
        cursor.execute("SELECT 1")
        began = time.perf_counter()
        cursor.execute(f"BEGIN; CREATE SCHEMA bare_{number}; {sql} COMMIT;")
        return time.perf_counter() - began


def _stock(count: int, first: int) -> float:
    chosen = settings.DATABASES["default"]
    url = (
        f"postgres://{chosen['USER']}:{chosen['PASSWORD']}@{chosen['HOST']}:{chosen['PORT']}/{NAME}"
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.load.stock_opening", str(count), str(first)],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "tests.load.stock_settings",
            "PYTHONPATH": ".:platform",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return median(json.loads(done.stdout))


def _size() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE relkind = 'r'), count(*) FILTER (WHERE relkind = 'i')"
            " FROM pg_class WHERE relnamespace = 'r_kota_0'::regnamespace"
        )
        return tuple(cursor.fetchone())
