"""Cells: what following the region costs a request, and for how long a move pauses writes."""

import gc
import time
from statistics import median

from django.conf import settings
from django.db import connection, transaction

from balai.context import Region, platform, region_context
from tenants import directory
from tests.load.row import Row
from tests.support import cells

ROUNDS, REQUESTS = 21, 150
ROWS = 100_000
SQL = "SELECT id FROM workcal_holiday LIMIT 1"


def measure() -> list[Row]:
    """Return the ratio of requests in turn in two cells to one cell, and a move's figures."""
    from provisioning.cells import keeping

    name = f"{settings.DATABASES['default']['NAME']}_timur"
    with cells.database(name) as url, cells.addresses(timur=url), platform():
        keeping.add("timur", url)
        return [*_requests(), *_move()]


def _requests() -> list[Row]:
    from provisioning.opening import open_region

    far = open_region(
        code="82.71", slug="ternate", email="admin@ternatekota.go.id", preset="pilot", cell="timur"
    )
    near, beside = _region("r_tangerang"), _region("r_purworejo")
    away = _region(far.schema_name)
    ratios = []
    for _ in range(ROUNDS):
        one, two = _spend(near, beside), _spend(near, away)
        ratios.append(two / one)
    ratio = median(ratios)
    said = f"{ratio:.2f}x"
    return [Row("requests in turn in two cells, against one", said, "<= 1.05x", ratio <= 1.05)]


def _spend(first: Region, second: Region) -> float:
    """Return the seconds of requests that change the region each time, a query each."""
    gc.collect()
    began = time.perf_counter()
    for _ in range(REQUESTS):
        for region in (first, second):
            with region_context(region), connection.cursor() as cursor:
                cursor.execute(SQL)
                cursor.fetchall()
    return time.perf_counter() - began


def _move() -> list[Row]:
    from provisioning.cells import moving

    region = _region("r_tangerang")
    with region_context(region), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO outbox_event (topic, key, payload, attempts, last_error, created_at,"
            " done_at) SELECT 'bench.row', n::text, '{}', 0, '', now(), now()"
            f" FROM generate_series(1, {ROWS}) n"
        )
    began = time.perf_counter()
    done = moving.move("tangerang", "timur")
    spent = time.perf_counter() - began
    assert _region("r_tangerang").cell == "timur"
    pause = done.pause_ms or 0
    small = moving.move("purworejo", "timur")
    return [
        Row(f"move a region of {done.rows} rows", f"{spent:.1f} s"),
        Row("  its writes were paused for", f"{pause} ms", "<= 15000 ms", pause <= 15000),
        Row(f"  and for {small.rows} rows", f"{small.pause_ms} ms"),
    ]


def _region(schema: str) -> Region:
    directory.invalidate()
    region = directory.by_schema(schema)
    assert region is not None
    return region
