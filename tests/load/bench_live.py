"""From a commit to every open page, and to the tiles of 500 walls, on two processes (L-05)."""

import asyncio
import time
from statistics import quantiles

from django.conf import settings
from django.db import transaction

from balai import context, outbox
from balai.context import platform
from tenants import directory
from tests.load import walls
from tests.load.row import Row
from tests.support import database, streams
from tests.support.stack import Stack, running

NAME = "balai_bench_live"
CITY = "tangerang"
TOPIC = "specimen.note_written"
EVENTS = 60
PAUSE_SECONDS = 0.05
P95_MS = 100


def measure() -> list[Row]:
    """Open the streams, tell of events one by one, and compare when each page heard."""
    rows, before = [], settings.DATABASES["default"]["NAME"]
    with running(NAME) as stack:
        database.use(NAME)
        for count in (1, 100, 500):
            delays, lost = asyncio.run(_scenario(stack, count))
            p50, p95 = _percentiles(delays)
            demand = f"<= {P95_MS} ms" if count == 500 else ""
            ok = not lost and (not demand or p95 <= P95_MS)
            rows.append(Row(f"event to page, {count} streams, p50", f"{p50:.0f} ms"))
            rows.append(Row(f"  p95, {lost} lost", f"{p95:.0f} ms", demand, ok))
        rows += walls.measure(stack.port, stack.state)
        database.use(before)
    return rows


async def _scenario(stack: Stack, count: int) -> tuple[list[float], int]:
    host = f"{CITY}.localhost:{stack.port}"
    ticket = await streams.token(stack.port, host, [TOPIC])
    heard = await asyncio.gather(*(streams.listen(stack.port, host, ticket) for _ in range(count)))
    told = []
    for _ in range(EVENTS):
        told.append(await asyncio.to_thread(_tell))
        await asyncio.sleep(PAUSE_SECONDS)
    await streams.until(lambda: all(len(page.events) >= EVENTS for page in heard))
    delays = [
        (at - began) * 1000 for page in heard for began, at in zip(told, page.times, strict=False)
    ]
    lost = sum(EVENTS - len(page.events) for page in heard)
    for page in heard:
        page.close()
    return delays, lost


def _tell() -> float:
    """Commit one event; return when its transaction began, on the monotonic clock."""
    with platform():
        region = directory.by_schema(f"r_{CITY}")
    if region is None:
        raise LookupError("the bench database has no Kota Tangerang")
    with context.region_context(region):
        began = time.monotonic()
        with transaction.atomic():
            outbox.publish(TOPIC, note=0)
    return began


def _percentiles(values: list[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=20)
    return cuts[9], cuts[18]
