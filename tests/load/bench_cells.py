"""Cells: what following the region costs a request, and for how long a move pauses writes."""

import gc
import time
from collections.abc import Callable
from statistics import median

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from balai.context import Region, platform, region_context
from tenants import directory
from tests.load.bench_requests import OURS, _handler, _sender
from tests.load.row import Row
from tests.support import cells

ROUNDS, REQUESTS = 21, 150
ROWS = 100_000
Send = Callable[[], None]


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
    with override_settings(ROOT_URLCONF="tests.load.pages"):
        handler = _handler(OURS)
        ask = {
            region.schema: _sender(handler, "default", region.host, 1)
            for region in (near, beside, away)
        }
        one, two = (ask[near.schema], ask[beside.schema]), (ask[near.schema], ask[away.schema])
        ratio = median(_round(one, two) for _ in range(ROUNDS))
    said = f"{ratio:.2f}x"
    return [Row("requests in turn in two cells, against one", said, "<= 1.05x", ratio <= 1.05)]


def _round(one: tuple[Send, Send], two: tuple[Send, Send]) -> float:
    """Return how many times as long requests take whose region lives elsewhere each time.

    Both kinds are sent in turn: a machine that is busy for one is busy for the other.
    """
    gc.collect()
    spent: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(REQUESTS):
        for far, pair in ((False, one), (True, two)):
            began = time.perf_counter()
            for send in pair:
                send()
            spent[far].append(time.perf_counter() - began)
    return median(spent[True]) / median(spent[False])


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
